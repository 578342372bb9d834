import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

const documentUrl = new URL('../../../docs/odd-replies.md', import.meta.url);
const gatewayTests = new URL('./', import.meta.url);

/** The last cells of all rows: the file of a test, a colon, and its title. */
async function namedTests(): Promise<readonly { readonly file: string; readonly title: string }[]> {
  const text = await readFile(documentUrl, 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('|') && !/^\|[\s|:-]+$/.test(line));
  const cells = rows.map((row) => row.split('|').at(-2)?.trim() ?? '').filter((cell) => cell !== 'test');
  return cells.map((cell) => {
    const [file = '', ...title] = cell.split(': ');
    return { file, title: title.join(': ') };
  });
}

/** True if a file has a test with this title, or a table with the parts of the title. */
function hasTest(source: string, title: string): boolean {
  if (["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`))) return true;
  for (const [, template = ''] of source.matchAll(/\bit\(\s*`([^`]*)`/g)) {
    const literals = template
      .split(/\$\{[^}]*\}/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
    const [, ...parts] = new RegExp(`^${literals.join('(.*?)')}$`).exec(title) ?? [];
    if (
      parts.length > 0 &&
      parts.every((part) =>
        part
          .replaceAll('"', '')
          .split(', ')
          .every((word) => source.includes(word)),
      )
    )
      return true;
  }
  return false;
}

describe('docs/odd-replies.md', () => {
  it('names only tests that exist', async () => {
    const tests = await namedTests();
    assert.ok(tests.length > 100);
    const sources = new Map<string, string>();
    for (const { file, title } of tests) {
      const source = sources.get(file) ?? (await readFile(new URL(`${file}.test.ts`, gatewayTests), 'utf8'));
      sources.set(file, source);
      assert.ok(hasTest(source, title), `${file} has no test "${title}".`);
    }
  });
});
