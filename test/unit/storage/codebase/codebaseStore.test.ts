import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { countTerms } from '../../../../src/core/codebase/countTerms';
import { searchSegments } from '../../../../src/core/codebase/searchSegments';
import { CodebaseStore } from '../../../../src/storage/codebase/codebaseStore';
import { buildSegment, wholePace } from '../../../support/codebase/buildSegment';
import { MemoryFileSystem } from '../../../support/storage/memoryFileSystem';

const folder = '/index';

function openStore(fileSystem: MemoryFileSystem, warnings: string[] = [], coordinates = 64): CodebaseStore {
  const silent = (): void => undefined;
  const log = { info: silent, warn: (message: string) => void warnings.push(message), error: silent };
  return new CodebaseStore({ folder, coordinates, fileSystem, log, now: () => 0 });
}

async function find(store: CodebaseStore, question: string): Promise<string[]> {
  await store.refresh(wholePace);
  const hits = await searchSegments(store.set.entries, { terms: countTerms(question) }, 10, wholePace);
  return hits.map(({ uri }) => uri).sort();
}

const unit = (): Float32Array => Float32Array.of(1, 2, 3);

describe('CodebaseStore', () => {
  let fileSystem: MemoryFileSystem;
  beforeEach(() => {
    fileSystem = new MemoryFileSystem();
  });

  it('finds in another window what one window has indexed', async () => {
    const one = openStore(fileSystem);
    const other = openStore(fileSystem);
    await one.add(await buildSegment({ 'f:a': 'firstName' }, unit));
    await other.add(await buildSegment({ 'f:b': 'firstName' }, unit));
    deepStrictEqual(await find(one, 'firstName'), ['f:a', 'f:b']);
    deepStrictEqual(await find(other, 'firstName'), ['f:a', 'f:b']);
    deepStrictEqual(await find(openStore(fileSystem), 'firstName'), ['f:a', 'f:b']);
  });

  it('lets two windows merge the same segments', async () => {
    const one = openStore(fileSystem);
    for (let at = 0; at < 3; at += 1) await one.add(await buildSegment({ [`f:${at}`]: 'name' }, unit));
    const other = openStore(fileSystem);
    await other.refresh(wholePace);
    for (const store of [one, other]) {
      const old = new Set(store.set.entries.map(({ segment }) => segment));
      await store.add(await buildSegment({ 'f:0': 'name', 'f:1': 'name', 'f:2': 'name' }, unit));
      await store.drop(old);
    }
    for (const store of [one, other, openStore(fileSystem)])
      deepStrictEqual(await find(store, 'name'), ['f:0', 'f:1', 'f:2']);
  });

  it('survives a file that was cut at any byte, and forgets only its chunks', async () => {
    const store = openStore(fileSystem);
    await store.add(await buildSegment({ 'f:whole': 'goodName' }, unit));
    await store.add(await buildSegment({ 'f:cut': 'badName' }, unit));
    const path = [...fileSystem.files.keys()].sort().at(-1) ?? '';
    const bytes = fileSystem.bytesOf(path) ?? Buffer.alloc(0);
    for (let length = 0; length < bytes.length; length += 1) {
      const cut = fileSystem.copy();
      cut.damage(path, bytes.subarray(0, length));
      const warnings: string[] = [];
      const reopened = openStore(cut, warnings);
      deepStrictEqual(await find(reopened, 'name'), ['f:whole'], `${length} bytes`);
      strictEqual(warnings.length, 1);
      strictEqual(reopened.set.find('f:cut'), undefined);
      strictEqual(cut.files.size, 1, 'the damaged file is deleted');
    }
  });

  it('detects a changed bit at any byte', async () => {
    const store = openStore(fileSystem);
    await store.add(await buildSegment({ 'f:a': 'someName' }, unit));
    const [path = ''] = fileSystem.files.keys();
    const bytes = fileSystem.bytesOf(path) ?? Buffer.alloc(0);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x10, at);
      const copy = fileSystem.copy();
      copy.damage(path, changed);
      deepStrictEqual(await find(openStore(copy), 'someName'), [], `byte ${at}`);
    }
  });

  it('never mixes vectors of two widths', async () => {
    await openStore(fileSystem).add(await buildSegment({ 'f:a': 'someName' }, unit));
    const warnings: string[] = [];
    deepStrictEqual(await find(openStore(fileSystem, warnings, 128), 'someName'), []);
    ok(warnings[0]?.includes('another width'));
  });

  it('keeps the vectors of unchanged chunks', async () => {
    const store = openStore(fileSystem);
    await store.add(await buildSegment({ 'f:a': 'someName', 'f:b': 'otherName' }, unit));
    const vectors = [...store.set.vectorsOf('f:b').values()];
    strictEqual(vectors.length, 1);
    ok((vectors[0]?.scale ?? 0) > 0);
    strictEqual(store.set.vectorsOf('f:missing').size, 0);
  });
});
