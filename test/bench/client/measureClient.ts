/**
 * Measures what reading streamed answers costs: of Parley's client, of its peers, and of the floors, which take
 * turns. Sends its figures to the parent process. Arguments: the top of the checkout, the folder of the bundles.
 */
import { measureBursts } from './measureBursts';
import { measureFirstDelta } from './measureFirstDelta';
import { measureFreshClients } from './measureFreshClients';
import { measurePaced } from './measurePaced';
import { startServer } from './startServer';

async function main(folder: string, bundles: string): Promise<void> {
  const server = await startServer(folder, bundles);
  process.send?.([
    ...(await measureBursts(server.port, folder)),
    ...(await measureFirstDelta(server.port)),
    ...(await measureFreshClients(server.port, bundles)),
    ...(await measurePaced(server.port)),
  ]);
  server.stop();
}

void main(process.argv[2] ?? '.', process.argv[3] ?? '.');
