/**
 * Measures what reading streamed answers costs: of Parley's client, of its peers, and of the floors, which take
 * turns. Sends its figures to the parent process. Arguments: the top of the checkout, the folder of the bundles.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Figure } from '../figure';
import { measureBursts } from './measureBursts';
import { measureFirstDelta } from './measureFirstDelta';
import { measureFreshClients } from './measureFreshClients';
import { measurePaced } from './measurePaced';

async function main(folder: string, bundles: string): Promise<void> {
  const server = fork(join(bundles, 'serveChunks.cjs'), [folder]);
  const port = await new Promise<number>((resolve, reject) => {
    server.once('message', (message) => {
      resolve(Number(message));
    });
    server.once('exit', (code) => {
      reject(new Error(`The server of chunks ended with code ${code ?? 'none'}.`));
    });
  });
  const figures: Figure[] = [
    ...(await measureBursts(port, folder)),
    ...(await measureFirstDelta(port)),
    ...(await measureFreshClients(port, bundles)),
    ...(await measurePaced(port)),
  ];
  process.send?.(figures);
  server.disconnect();
}

void main(process.argv[2] ?? '.', process.argv[3] ?? '.');
