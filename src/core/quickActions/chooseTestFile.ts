/** Where tests of a source file belong. */
export interface TestFile {
  /** Relative to the workspace folder, with forward slashes. */
  readonly path: string;
  readonly exists: boolean;
  /** Another test file of the project, whose style fits; undefined if the project has no tests. */
  readonly example: string | undefined;
}

/** How the tests of a language are named. `*` is the name of the source file without its extension. */
interface Convention {
  readonly extensions: readonly string[];
  /** The usual one comes first. */
  readonly names: readonly string[];
}

const conventions: readonly Convention[] = [
  {
    extensions: ['ts', 'mts', 'cts', 'tsx', 'js', 'mjs', 'cjs', 'jsx', 'vue', 'svelte'],
    names: ['*.test', '*.spec', '*-test', '*_test'],
  },
  { extensions: ['py'], names: ['test_*', '*_test'] },
  { extensions: ['go'], names: ['*_test'] },
  {
    extensions: ['java', 'kt', 'scala', 'groovy', 'swift', 'cs', 'php'],
    names: ['*Test', '*Tests', '*Spec'],
  },
  { extensions: ['rb'], names: ['*_spec', '*_test', 'test_*'] },
  { extensions: ['ex'], names: ['*_test'] },
  { extensions: ['dart'], names: ['*_test'] },
  { extensions: ['lua'], names: ['*_spec', '*_test'] },
  { extensions: ['c', 'cc', 'cpp', 'cxx'], names: ['*_test', 'test_*', '*_tests'] },
];

/** Of files whose tests are written in another language. */
const testExtensions: ReadonlyMap<string, string> = new Map([
  ['vue', 'ts'],
  ['svelte', 'ts'],
  ['ex', 'exs'],
]);
/** Folders that hold only tests. */
const testFolders: ReadonlySet<string> = new Set(['test', 'tests', 'spec', '__tests__', 'specs']);
/** Languages whose tests belong beside the source if the project has none. */
const usuallyBeside: ReadonlySet<string> = new Set([
  'go',
  'ts',
  'tsx',
  'js',
  'jsx',
  'mts',
  'mjs',
  'cts',
  'cjs',
  'vue',
  'svelte',
  'py',
]);

/** A pattern for VS Code's search that finds the test files of a source file's language; undefined for unknown languages. */
export function testFilePattern(source: string): string | undefined {
  const { extension } = split(source);
  const convention = conventionOf(extension);
  if (convention === undefined) return undefined;
  const extensions = [...new Set(convention.extensions.map((each) => testExtensions.get(each) ?? each))];
  return `**/{${convention.names.join(',')}}.{${extensions.join(',')}}`;
}

/**
 * Chooses the test file of a source file: the existing one, else a new one where the project's other tests are.
 *
 * @param source The path of the source file, relative to the workspace folder, with forward slashes.
 * @param tests The paths of the project's test files.
 * @returns undefined if the conventions of the language or the project are unknown, or if the source is a test itself.
 */
export function chooseTestFile(source: string, tests: readonly string[]): TestFile | undefined {
  const { folders, stem, extension } = split(source);
  const convention = conventionOf(extension);
  if (convention === undefined || tests.includes(source) || isTestName(stem, convention)) return undefined;
  const near = tests.toSorted((left, right) => nearness(right, folders) - nearness(left, folders));
  const own = near.find((test) => stemOf(split(test).stem, convention) === stem);
  const example = near.find((test) => test !== own);
  if (own !== undefined) return { path: own, exists: true, example };
  const place = example === undefined ? usualFolder(folders, extension) : folderLike(example, folders);
  if (place === undefined) return undefined;
  const name = nameLike(example, convention).replace('*', stem);
  const ending = testExtensions.get(extension) ?? extension;
  return { path: [...place, `${name}.${ending}`].join('/'), exists: false, example };
}

/** The folder of a new test, after the example of another one. */
function folderLike(example: string, folders: readonly string[]): readonly string[] {
  const others = split(example).folders;
  const at = others.findIndex((folder) => testFolders.has(folder));
  if (at === -1) return folders;
  if (others[at] === '__tests__') return [...folders, '__tests__'];
  const shared = sharedEnd(others, folders);
  // The test folder mirrors the source folder, so the inner folders are the same.
  if (shared > 0) return others;
  // src/main/java and src/test/java, or lib/a.rb and test/a.rb.
  const before = others.slice(0, at);
  const rest = folders.slice(before.length);
  const isMirrored = before.every((folder, index) => folders[index] === folder);
  const depth = others.length - at - 1;
  return isMirrored && depth > 0 ? [...before, others[at] ?? '', ...rest.slice(1)] : others;
}

/** How many folders at the end of two paths are equal. */
function sharedEnd(left: readonly string[], right: readonly string[]): number {
  let count = 0;
  while (count < Math.min(left.length, right.length) && left.at(-1 - count) === right.at(-1 - count)) count++;
  return count;
}

function usualFolder(folders: readonly string[], extension: string): readonly string[] | undefined {
  if (usuallyBeside.has(extension)) return folders;
  const main = folders.indexOf('main');
  return folders[main - 1] === 'src'
    ? [...folders.slice(0, main), 'test', ...folders.slice(main + 1)]
    : undefined;
}

/** The form of the example's name; without an example, the usual form of the language. */
function nameLike(example: string | undefined, { names }: Convention): string {
  const stem = example === undefined ? '' : split(example).stem;
  return names.find((name) => matches(stem, name)) ?? names[0] ?? '*.test';
}

function isTestName(stem: string, { names }: Convention): boolean {
  return names.some((name) => matches(stem, name));
}

function stemOf(stem: string, { names }: Convention): string | undefined {
  const name = names.find((each) => matches(stem, each));
  if (name === undefined) return undefined;
  const [before = '', after = ''] = name.split('*');
  return stem.slice(before.length, stem.length - after.length);
}

function matches(stem: string, name: string): boolean {
  const [before = '', after = ''] = name.split('*');
  return stem.length > before.length + after.length && stem.startsWith(before) && stem.endsWith(after);
}

/** How near a test is to a source folder: the folders that both have, the last ones first. */
function nearness(test: string, folders: readonly string[]): number {
  const others = split(test).folders;
  const shared = others.filter((folder) => folders.includes(folder)).length;
  return sharedEnd(others, folders) * 100 + shared * 10 - Math.abs(others.length - folders.length);
}

function conventionOf(extension: string): Convention | undefined {
  return conventions.find(({ extensions }) => extensions.includes(extension));
}

function split(path: string): {
  readonly folders: readonly string[];
  readonly stem: string;
  readonly extension: string;
} {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  const dot = name.lastIndexOf('.');
  return {
    folders: parts.slice(0, -1),
    stem: dot > 0 ? name.slice(0, dot) : name,
    extension: dot > 0 ? name.slice(dot + 1).toLowerCase() : '',
  };
}
