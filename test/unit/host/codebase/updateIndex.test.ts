import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import type { Uri } from 'vscode';
import { countTerms } from '../../../../src/core/codebase/countTerms';
import { Rotation } from '../../../../src/core/codebase/rotation';
import { searchSegments } from '../../../../src/core/codebase/searchSegments';
import type { CodebaseFile } from '../../../../src/host/codebase/readCodebaseFiles';
import { CancelledError, timeSlices } from '../../../../src/host/codebase/timeSlices';
import { updateIndex, type IndexerParts } from '../../../../src/host/codebase/updateIndex';
import { CodebaseStore } from '../../../../src/storage/codebase/codebaseStore';
import { wholePace } from '../../../support/codebase/buildSegment';
import { MemoryFileSystem } from '../../../support/storage/memoryFileSystem';

const silent = (): void => undefined;

/** A file of two chunks: the second one begins at the second function. */
function twoFunctions(first: string, second: string): string {
  const filler = (word: string): string =>
    Array.from({ length: 45 }, (_, at) => `  ${word}(${at});`).join('\n');
  return `function ${first}() {\n${filler(first)}\n}\n\nfunction ${second}() {\n${filler(second)}\n}\n`;
}

/** All that an index needs of a URI. */
function uriOf(path: string): Uri {
  const uri: Pick<Uri, 'toString'> = { toString: () => path };
  return uri as unknown as Uri;
}

/** A workspace whose texts are embedded by a gateway that a test controls. */
class Workspace {
  readonly texts = new Map<string, string>();
  /** The texts of all requests, without the paths. */
  readonly embedded: string[] = [];
  /** How many of the texts of the next request come back; all if undefined. */
  answers: number | undefined;
  error = new Error('The gateway failed.');
  readonly parts: IndexerParts;
  readonly rotation = new Rotation(3);
  private modifiedAt = 1;

  constructor(files: Readonly<Record<string, string>>, fileSystem = new MemoryFileSystem()) {
    for (const [path, text] of Object.entries(files)) this.texts.set(path, text);
    const { rotation } = this;
    this.parts = {
      store: new CodebaseStore({
        folder: '/index',
        coordinates: rotation.kept,
        fileSystem,
        log: { info: silent, warn: silent, error: silent },
        now: () => 0,
      }),
      guard: { listable: (uris) => Promise.resolve(new Set(uris)) },
      readText: (uri) => Promise.resolve(this.texts.get(uri.toString())),
      vectors: { rotation, embed: (texts) => this.embed(texts) },
    };
  }

  save(path: string, text: string): void {
    this.texts.set(path, text);
    this.modifiedAt += 1;
  }

  async update(pace = wholePace): Promise<boolean> {
    return await updateIndex(this.files(), this.parts, pace, silent);
  }

  async find(question: string): Promise<string[]> {
    const query = { terms: countTerms(question) };
    const hits = await searchSegments(this.parts.store.set.entries, query, 10, wholePace);
    return [...new Set(hits.map(({ uri }) => uri))];
  }

  files(): CodebaseFile[] {
    return [...this.texts].map(([path, text]) => ({
      uri: uriOf(path),
      path,
      size: text.length,
      modifiedAt: this.modifiedAt,
    }));
  }

  embed(texts: readonly string[]): Promise<{ vectors: ReadonlyMap<number, Float32Array>; error?: Error }> {
    const count = this.answers ?? texts.length;
    this.answers = undefined;
    this.embedded.push(...texts.slice(0, count).map((text) => text.slice(text.indexOf('\n') + 1)));
    const vectors = new Map(texts.slice(0, count).map((_, at) => [at, Float32Array.of(1, 2, 3)]));
    return Promise.resolve({ vectors, ...(count < texts.length && { error: this.error }) });
  }
}

describe('updateIndex', () => {
  it('keeps the vectors that came before a failure, and asks later only for the others', async () => {
    const workspace = new Workspace({ 'a.ts': 'apples', 'b.ts': 'bananas', 'c.ts': 'cherries' });
    workspace.answers = 2;
    await rejects(workspace.update(), workspace.error);
    deepStrictEqual(await workspace.find('apples'), ['a.ts']);
    strictEqual(await workspace.update(), true);
    deepStrictEqual(workspace.embedded, ['apples', 'bananas', 'cherries']);
    deepStrictEqual(await workspace.find('cherries'), ['c.ts']);
  });

  it('keeps the vectors of a file of which only a part came', async () => {
    const workspace = new Workspace({ 'a.ts': twoFunctions('apples', 'bananas') });
    workspace.answers = 1;
    await rejects(workspace.update(), workspace.error);
    deepStrictEqual(await workspace.find('apples'), ['a.ts']);
    deepStrictEqual(await workspace.find('bananas'), []);
    strictEqual(await workspace.update(), true);
    strictEqual(workspace.embedded.length, new Set(workspace.embedded).size);
    deepStrictEqual(await workspace.find('bananas'), ['a.ts']);
  });

  it('keeps the vectors of requests that end after the user has cancelled', async () => {
    const abort = new AbortController();
    const names = Array.from({ length: 60 }, (_, at) => `word${at}name`);
    const workspace = new Workspace(Object.fromEntries(names.map((name) => [`${name}.ts`, name])));
    const { rotation } = workspace;
    const cancelled = updateIndex(
      // The first 24 files are one request, during which the user cancels.
      workspace.files(),
      {
        ...workspace.parts,
        vectors: {
          rotation,
          embed: async (texts) => {
            const reply = await workspace.embed(texts);
            abort.abort();
            return reply;
          },
        },
      },
      timeSlices(abort.signal),
      silent,
    );
    await rejects(cancelled, CancelledError);
    strictEqual(workspace.embedded.length, 24);
    strictEqual(await workspace.update(), true);
    deepStrictEqual(workspace.embedded.toSorted(), names.toSorted());
  });

  it('goes on in another window where a build was stopped', async () => {
    const fileSystem = new MemoryFileSystem();
    const files = { 'a.ts': twoFunctions('apples', 'bananas'), 'b.ts': 'cherries' };
    const first = new Workspace(files, fileSystem);
    first.answers = 1;
    await rejects(first.update(), first.error);
    const second = new Workspace(files, fileSystem);
    await second.parts.store.refresh(wholePace);
    strictEqual(await second.update(), true);
    strictEqual(second.embedded.includes(first.embedded[0] ?? ''), false);
    deepStrictEqual(await second.find('apples'), ['a.ts']);
  });

  it('embeds only the changed part of a file that was saved', async () => {
    const workspace = new Workspace({ 'a.ts': twoFunctions('apples', 'bananas') });
    await workspace.update();
    const before = workspace.embedded.length;
    workspace.save('a.ts', twoFunctions('apples', 'cherries'));
    await workspace.update();
    const sent = workspace.embedded.slice(before);
    strictEqual(sent.length, 1);
    strictEqual(sent[0]?.includes('function cherries'), true);
    deepStrictEqual(await workspace.find('bananas'), []);
    deepStrictEqual(await workspace.find('apples'), ['a.ts']);
    deepStrictEqual(await workspace.find('cherries'), ['a.ts']);
  });

  it('embeds nothing while no file changes', async () => {
    const workspace = new Workspace({ 'a.ts': 'apples', 'b.ts': 'bananas' });
    await workspace.update();
    await workspace.update();
    strictEqual(workspace.embedded.length, 2);
  });
});
