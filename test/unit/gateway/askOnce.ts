/**
 * Runs in a separate process: asks the gateway at the first argument with the network settings of the second argument (JSON,
 * which overrides `directNetwork`) and prints the ending. With the third argument `media` it downloads the address as a
 * picture instead.
 */
import { directNetwork, type NetworkSettings } from '../../../src/gateway/network/networkSettings';
import { summary, TestClient } from './asking';

async function main(url: string, settings: Partial<NetworkSettings>, what?: string): Promise<void> {
  const network = { ...directNetwork, ...settings };
  const client = new TestClient(undefined, { network: () => network });
  if (what === 'media') {
    const media = await client.client.fetchMedia(url);
    console.log(media === undefined ? 'nothing' : `fetched ${media.mimeType}`);
  } else {
    console.log(summary(await client.answer({ baseUrl: url })));
  }
  await client.client.dispose();
}

void main(
  process.argv[2] ?? '',
  JSON.parse(process.argv[3] ?? '{}') as Partial<NetworkSettings>,
  process.argv[4],
);
