import { deepStrictEqual, ok } from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** `codicon-NAME` → code point in hexadecimal, of every rule in a style sheet. */
function glyphsOf(css: string): Map<string, string> {
  const rules = css.matchAll(/\.(codicon-[a-z-]+)::?before\s*\{\s*content:\s*["']\\([0-9a-f]+)["']/g);
  return new Map(Array.from(rules, ([, name = '', code = '']) => [name, code]));
}

describe('icons', () => {
  it('have the glyph of the font, each that is in use', async () => {
    const ours = glyphsOf(await readFile('src/webview/styles/icons.css', 'utf8'));
    const theirs = glyphsOf(
      await readFile(createRequire(__filename).resolve('@vscode/codicons/dist/codicon.css'), 'utf8'),
    );
    for (const [name, code] of ours) deepStrictEqual({ name, code: theirs.get(name) }, { name, code });

    const used = new Set<string>();
    for await (const file of glob('src/webview/**/*.{ts,tsx}')) {
      const source = await readFile(file, 'utf8');
      for (const [name] of source.matchAll(/codicon-[a-z-]+[a-z]/g)) used.add(name);
    }
    for (const [, name = ''] of (await readFile('src/webview/kit/icon.tsx', 'utf8')).matchAll(
      /\| '([a-z-]+)'/g,
    )) {
      used.add(`codicon-${name}`);
    }
    ok(used.size > 10, 'the search finds what is in use');
    deepStrictEqual(
      [...used].filter((name) => !ours.has(name)),
      [],
    );
    deepStrictEqual(
      [...ours.keys()].filter((name) => !used.has(name)),
      [],
    );
  });
});
