/**
 * Runs in a process of its own: loads the files that the arguments name and prints which regular expressions they construct
 * meanwhile, as JSON.
 */
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LazyExpression } from '../../../src/core/text/lazyExpression';
import type { FoundExpression } from './collectRegularExpressions';

process.setSourceMapsEnabled(true);
const found: FoundExpression[] = [];

/** The place in src that constructs, of the call stack. */
function placeIn(stack: string): { file: string; line: number } | undefined {
  for (const frame of stack.split('\n')) {
    const [, place, line] = /((?:file:\/\/)?\/[^():]*\/src\/[^():]*):(\d+):\d+\)?$/.exec(frame) ?? [];
    if (place === undefined || place.endsWith('/lazyExpression.ts')) continue;
    const path = place.startsWith('file:') ? fileURLToPath(place) : place;
    return { file: relative(resolve('.'), path).replaceAll('\\', '/'), line: Number(line) };
  }
  return undefined;
}

const Original = RegExp;
globalThis.RegExp = new Proxy(Original, {
  construct(target, parameters: [string, string?]) {
    const made = new target(...parameters);
    const place = placeIn(new Error('here').stack ?? '');
    if (place !== undefined) found.push({ ...place, source: made.source, flags: made.flags });
    return made;
  },
});

LazyExpression.onCreated = ({ source, flags }) => {
  const place = placeIn(new Error('here').stack ?? '');
  if (place !== undefined) found.push({ ...place, source, flags });
};

async function main(): Promise<void> {
  for (const file of process.argv.slice(2)) await import(pathToFileURL(resolve(file)).href);
  console.log(JSON.stringify(found));
}

void main();
