import { baseName } from '../text/baseName';
import type { ChangedFile } from './readDiff';

const testNames = /(?:^|[._-])(?:test|tests|spec|specs|mock|mocks|fixture)(?:[._-]|$)/;
const testFolders: ReadonlySet<string> = new Set([
  'test',
  'tests',
  '__tests__',
  'spec',
  'fixtures',
  'testdata',
]);
const prose = /\.(?:md|mdx|rst|txt|adoc)$/;
const data =
  /\.(?:json|jsonl|csv|tsv|svg|xml|ya?ml|toml|ini|html|css|scss|less|ipynb|po|xlf|properties|plist)$/;

/**
 * How much a file tells about what a change does: a smaller number tells more. Code comes before configuration, tests and prose.
 * A deleted file tells little by its content.
 */
export function tellingRank(path: string, kind: ChangedFile['kind']): number {
  const lower = path.toLowerCase();
  const name = baseName(lower);
  const isTest =
    testNames.test(name) ||
    lower
      .split('/')
      .slice(0, -1)
      .some((folder) => testFolders.has(folder));
  const base = prose.test(name) ? 3 : data.test(name) ? 2 : isTest ? 1 : 0;
  return base + (kind === 'deleted' ? 4 : 0);
}
