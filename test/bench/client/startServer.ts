import { fork } from 'node:child_process';
import { join } from 'node:path';

/** The server of chunks, in a process of its own. */
export interface ChunkServer {
  readonly port: number;
  stop(): void;
}

/** Starts the server of chunks. `folder`: the top of the checkout; `bundles`: where the programs are. */
export async function startServer(folder: string, bundles: string): Promise<ChunkServer> {
  const server = fork(join(bundles, 'serveChunks.cjs'), [folder]);
  const port = await new Promise<number>((resolve, reject) => {
    server.once('message', (message) => {
      resolve(Number(message));
    });
    server.once('exit', (code) => {
      reject(new Error(`The server of chunks ended with code ${code ?? 'none'}.`));
    });
  });
  return {
    port,
    stop: () => {
      server.disconnect();
    },
  };
}
