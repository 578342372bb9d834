/**
 * Measures what Parley costs before it is asked anything, and while many conversations stream: sizes, activation, the first
 * opening of the view, memory. Builds for production first. Sends its figures to the parent process. Arguments: the top of the checkout, the folder
 * of the bundles.
 */
import { join } from 'node:path';
import { packageExtension } from '../../../scripts/packageExtension.mjs';
import { startServer } from '../client/startServer';
import { measureActivations } from './measureActivations';
import { measureFirstOpen } from './measureFirstOpen';
import { measureMemory } from './measureMemory';
import { measureSizes } from './measureSizes';

async function main(folder: string, bundles: string): Promise<void> {
  const vsix = join(bundles, 'parley.vsix');
  await packageExtension(vsix);
  const server = await startServer(folder, bundles);
  process.send?.([
    ...(await measureSizes(folder, bundles, vsix)),
    ...(await measureActivations(folder, bundles)),
    ...(await measureFirstOpen()),
    ...(await measureMemory(server.port, bundles)),
  ]);
  server.stop();
}

// Whatever ends this process must not leave a VS Code behind: its server is ended when this one exits.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

void main(process.argv[2] ?? '.', process.argv[3] ?? '.');
