import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countClosedBlocks } from '../../../../../src/webview/markdown/parse/countClosedBlocks';
import { parseBlocks } from '../../../../../src/webview/markdown/parse/parseBlocks';
import type { Block } from '../../../../../src/webview/markdown/parse/parseBlocks';
import { streamedDocuments } from '../../../../webview/markdown/markdownDocuments';

/** The blocks that are closed after these complete lines, as text. */
function closedAfter(source: string): string[] {
  const blocks = parseBlocks(source, {});
  return blocks.slice(0, countClosedBlocks(blocks, source.split('\n'))).map(describeBlock);
}

function describeBlock({ startLine, endLine, tokens }: Block): string {
  return JSON.stringify([
    startLine,
    endLine,
    tokens.map(({ type, content, hidden }) => [type, content, hidden]),
  ]);
}

/** Types of the blocks that are closed after these complete lines. */
function closedTypes(source: string): string[] {
  const blocks = parseBlocks(source, {});
  return blocks.slice(0, countClosedBlocks(blocks, source.split('\n'))).map(({ type }) => type);
}

describe('countClosedBlocks', () => {
  it('counts only blocks that no further text can change', () => {
    const documents = streamedDocuments.map((pieces) => pieces.join('').replaceAll(/\r\n?|\0/g, '\n'));
    fc.assert(
      fc.property(documents, fc.nat(), (source, seed) => {
        const lines = source.split('\n');
        const known = lines.slice(0, seed % lines.length).map((line) => `${line}\n`);
        const closed = closedAfter(known.join(''));
        // Trailing blank lines belong to no block, or to whichever comes before them.
        const withoutEnd = (block: string): string => block.replace(/^\[(\d+),\d+/, '[$1');
        const whole = parseBlocks(source, {}).map(describeBlock);
        assert.deepEqual(whole.slice(0, closed.length).map(withoutEnd), closed.map(withoutEnd));
      }),
      { numRuns: 2000 },
    );
  });

  it('closes a paragraph with the block that follows it', () => {
    assert.deepEqual(closedTypes('one\ntwo\n'), []);
    assert.deepEqual(closedTypes('one\ntwo\n\nthree\n'), ['paragraph_open']);
    assert.deepEqual(closedTypes('one\n- two\n'), ['paragraph_open']);
  });

  it('closes at once what ends with its line', () => {
    assert.deepEqual(closedTypes('# one\n'), ['heading_open']);
    assert.deepEqual(closedTypes('***\n'), ['hr']);
    assert.deepEqual(closedTypes('```\ncode\n```\n'), ['fence']);
  });

  it('leaves a fence open until its closing line', () => {
    assert.deepEqual(closedTypes('````\ncode\n```\n'), []);
  });

  it('leaves a definition open whose title may follow', () => {
    assert.deepEqual(closedTypes("[a]: /b\n'title\n"), []);
    assert.deepEqual(closedTypes("[a]: /b\n\n'title\n"), ['reference_definition']);
  });
});
