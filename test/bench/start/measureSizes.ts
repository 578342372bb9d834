import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { measureBundles } from '../../../scripts/measureBundles.mjs';
import { figureOf, type Figure } from '../figure';

/** The names of what `measureBundles` weighs. */
const names: Readonly<Record<string, string>> = {
  'dist/extension.js': 'start-bundle-extension',
  'dist/main.js': 'start-bundle-main',
  'dist/transport.js': 'start-bundle-transport',
  'webview, first load': 'start-bundle-webview',
  'webview, with a chat': 'start-bundle-webview-chat',
  'parley.vsix, on demand': 'start-vsix-on-demand',
  'parley.vsix, the rest': 'start-vsix',
  'parley.vsix': 'start-vsix-whole',
};

/** Bundled clients, which stand beside the bundle that has Parley's. */
const clients = { undici: 'undici', openai: 'openai', 'ai-stream-text': 'aiStreamText' };

/** What is loaded and installed, in KB; the limits are those of `npm run package`. */
export async function measureSizes(folder: string, bundles: string, vsix: string): Promise<Figure[]> {
  const peers: Record<string, number> = {};
  for (const [name, file] of Object.entries(clients)) {
    peers[name] = (await stat(join(bundles, `${file}.cjs`))).size / 1_000;
  }
  return (await measureBundles(join(folder, 'dist'), vsix)).map(({ name, bytes, limit }) =>
    figureOf(names[name] ?? name, 'KB', bytes / 1_000, {
      ...(name === 'dist/transport.js' && { peers }),
      ...(limit !== undefined && { goals: { atMost: limit / 1_000 } }),
    }),
  );
}
