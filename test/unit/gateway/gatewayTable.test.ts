import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';

const documentUrl = new URL('../../../docs/gateways.md', import.meta.url);
const gateways = ['APIMart', 'APIPod', 'AITRE', 'AppleRouter', 'APIYI'];

interface Table {
  /** The names of the columns but the first. */
  readonly columns: readonly string[];
  /** The cells of each row by its name, without that. */
  readonly rows: ReadonlyMap<string, readonly string[]>;
}

/** The table below a heading. */
async function readTable(heading: string): Promise<Table> {
  const text = await readFile(documentUrl, 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const [[, ...columns] = [], ...rows] = section
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  return { columns, rows: new Map(rows.map(([name = '', ...cells]) => [name, cells])) };
}

/** The titles of the tests of each gateway, as expressions, because a title may contain a value. */
async function readTestNames(): Promise<ReadonlyMap<string, readonly RegExp[]>> {
  const names = new Map<string, RegExp[]>();
  for (const file of ['seeds.test.ts', 'seedEndpoints.test.ts']) {
    const source = await readFile(new URL(file, import.meta.url), 'utf8');
    const sections = source.split(/^describeGateway\('(\w+)'/m).slice(1);
    for (let index = 0; index < sections.length; index += 2) {
      const gateway = sections[index] ?? '';
      names.set(gateway, [...(names.get(gateway) ?? []), ...titlesIn(sections[index + 1] ?? '')]);
    }
  }
  return names;
}

/** The titles of the tests of the panel, in the real VS Code and alone. */
async function readPanelTestNames(): Promise<readonly RegExp[]> {
  const folders = ['../../browser/', '../../webview/panel/'].map((path) => new URL(path, import.meta.url));
  const sources = folders.map(async (folder) => {
    const files = (await readdir(folder)).filter((name) => name.endsWith('.test.ts'));
    return await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
  });
  return (await Promise.all(sources)).flat().flatMap(titlesIn);
}

function titlesIn(source: string): RegExp[] {
  return Array.from(source.matchAll(/^ *it\((['"`])(.*?)\1, /gm), ([, , title = '']) => patternOf(title));
}

function patternOf(title: string): RegExp {
  const literals = title
    .split(/\$\{[^}]*\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${literals.join('.+')}$`);
}

describe('docs/gateways.md', () => {
  for (const heading of ['Chat', 'Endpoints'])
    it(`names only existing tests, and one of AITRE in each row, in the table "${heading}"`, async () => {
      const tests = await readTestNames();
      const { columns, rows } = await readTable(heading);
      assert.deepEqual(columns.slice(0, gateways.length), gateways);
      assert.ok(rows.size >= 10);
      for (const [feature, cells] of rows) {
        assert.equal(cells.length, columns.length, feature);
        assert.notEqual(cells[gateways.indexOf('AITRE')], '', `${feature}: AITRE has no test.`);
        for (const [index, gateway] of gateways.entries()) {
          const cell = cells[index] ?? '';
          const exists = tests.get(gateway)?.some((name) => name.test(cell)) ?? false;
          assert.ok(cell === '' || exists, `${feature}: ${gateway} has no test "${cell}".`);
        }
      }
    });

  it('names an existing test of the panel for each endpoint', async () => {
    const tests = await readPanelTestNames();
    const { columns, rows } = await readTable('Endpoints');
    assert.equal(columns.at(-1), 'in the panel');
    for (const [endpoint, cells] of rows) {
      const cell = cells.at(-1) ?? '';
      assert.ok(
        tests.some((name) => name.test(cell)),
        `${endpoint}: there is no test "${cell}".`,
      );
    }
  });

  it('has five tests or more for each gateway', async () => {
    const tables = await Promise.all(['Chat', 'Endpoints'].map(readTable));
    for (const [index, gateway] of gateways.entries()) {
      const cells = tables.flatMap(({ rows }) => [...rows.values()].map((row) => row[index] ?? ''));
      assert.ok(cells.filter((cell) => cell !== '').length >= 5, gateway);
    }
  });
});
