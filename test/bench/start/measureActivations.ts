import { join } from 'node:path';
import { build } from 'esbuild';
import { activateOnce } from '../../../scripts/measureActivation.mjs';
import { figureOf, type Figure } from '../figure';
import { mediansOf } from '../quantile';
import { takeTurns } from '../takeTurns';

/** What other extensions would load at once: nothing at all, or a client. */
const others: Readonly<Record<string, string>> = {
  floor: '',
  undici: "import { Agent } from 'undici'; export const client = Agent;",
  openai: "import OpenAI from 'openai'; export const client = OpenAI;",
  'ai-stream-text': "import { streamText } from 'ai'; export const client = streamText;",
};

/** The time of our own code in activation, beside extensions that load a client there. Each in a fresh process. */
export async function measureActivations(folder: string, bundles: string): Promise<Figure[]> {
  const extensions = new Map([['parley', join(folder, 'dist', 'extension.js')]]);
  for (const [name, source] of Object.entries(others)) {
    const outfile = join(bundles, `activate-${name}.cjs`);
    await build({
      stdin: {
        contents: `${source} export function activate() {}`,
        resolveDir: join(folder, 'test', 'bench', 'client'),
      },
      outfile,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      target: 'es2023',
      logLevel: 'warning',
    });
    extensions.set(name, outfile);
  }
  const { time } = await takeTurns(extensions, { rounds: 9, warmUps: 1 }, async (file) => ({
    time: await activateOnce(file),
  }));
  const { parley = Number.NaN, floor = Number.NaN, ...peers } = mediansOf(time);
  return [figureOf('start-activation', 'ms', parley, { floor, peers, goals: { atMost: 2 } })];
}
