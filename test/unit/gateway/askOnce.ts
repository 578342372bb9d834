/**
 * Runs in a process of its own: asks the gateway at the first argument with the system's
 * certificates (second argument `true`) or without, and prints how it ended.
 */
import { directNetwork } from '../../../src/gateway/networkSettings';
import { summary, TestClient } from './asking';

async function main(baseUrl: string, systemCertificates: boolean): Promise<void> {
  const network = { ...directNetwork, systemCertificates };
  const client = new TestClient(undefined, { network: () => network });
  console.log(summary(await client.answer({ baseUrl })));
  await client.client.dispose();
}

void main(process.argv[2] ?? '', process.argv[3] === 'true');
