import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { readCode } from '../../../../src/core/codebase/arrangePlanes';
import { readSegment, type Segment } from '../../../../src/core/codebase/segment';
import { buildSegment } from '../../../support/codebase/buildSegment';

/** What an index of version 1 holds: whole codes, one after another. */
function toVersion1({ bytes, planes, starts, layout }: Segment): Uint8Array<ArrayBuffer> {
  const old = new Uint8Array(bytes);
  const [from, version] = [planes.byteOffset - bytes.byteOffset, Buffer.from(old).indexOf('"version":2')];
  for (const index of starts.keys())
    old.set(readCode(planes, starts.length, layout, index), from + index * layout.size);
  old.set(Buffer.from('"version":1'), version);
  return old;
}

describe('readSegment', () => {
  it('reads an index of version 1 with its vectors, so that they are not paid for again', async () => {
    const wave = (text: string): Float32Array =>
      Float32Array.from({ length: 1_536 }, (_, index) => Math.sin((text.length + 1) * index));
    const segment = await buildSegment(
      { 'f:a': 'short', 'f:b': 'a longer text', 'f:配置': 'the longest text of all' },
      wave,
    );
    const old = toVersion1(segment);
    strictEqual(Buffer.from(old).equals(segment.bytes), false);
    const read = readSegment(old);
    deepStrictEqual(read.planes, segment.planes);
    deepStrictEqual(read.files, segment.files);
    deepStrictEqual(read.bytes, segment.bytes);
  });
});
