import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

const documentUrl = new URL('../../../docs/gateways.md', import.meta.url);
const testsUrl = new URL('seeds.test.ts', import.meta.url);

/** The rows of the table; the first cell of each row is its name. */
async function readTable(): Promise<readonly (readonly string[])[]> {
  const text = await readFile(documentUrl, 'utf8');
  return text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The titles of the tests of each gateway, as expressions, because a title may contain a value. */
async function readTestNames(): Promise<ReadonlyMap<string, readonly RegExp[]>> {
  const source = await readFile(testsUrl, 'utf8');
  const sections = source.split(/^describeGateway\('(\w+)'/m).slice(1);
  const names = new Map<string, RegExp[]>();
  for (let index = 0; index < sections.length; index += 2) {
    const titles = sections[index + 1]?.matchAll(/^ *it\((['`])(.*?)\1, /gm) ?? [];
    names.set(
      sections[index] ?? '',
      Array.from(titles, ([, , title = '']) => patternOf(title)),
    );
  }
  return names;
}

function patternOf(title: string): RegExp {
  const literals = title
    .split(/\$\{[^}]*\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${literals.join('.+')}$`);
}

describe('docs/gateways.md', () => {
  it('names only existing tests, at least one for each feature and five for each gateway', async () => {
    const tests = await readTestNames();
    const [[, ...gateways] = [], ...rows] = await readTable();
    assert.deepEqual(gateways, ['APIMart', 'APIPod', 'AITRE', 'AppleRouter', 'APIYI']);
    const counts = new Map(gateways.map((gateway) => [gateway, 0]));
    for (const [feature = '', ...cells] of rows) {
      assert.equal(cells.length, gateways.length, feature);
      assert.ok(
        cells.some((cell) => cell !== ''),
        feature,
      );
      for (const [index, cell] of cells.entries()) {
        if (cell === '') continue;
        const gateway = gateways[index] ?? '';
        const exists = tests.get(gateway)?.some((name) => name.test(cell)) ?? false;
        assert.ok(exists, `${feature}: ${gateway} has no test "${cell}".`);
        counts.set(gateway, (counts.get(gateway) ?? 0) + 1);
      }
    }
    for (const [gateway, count] of counts) assert.ok(count >= 5, gateway);
  });
});
