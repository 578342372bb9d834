import type { Source } from '../../shared/answer/source';

/** The marks of sources in an answer's text: `[1]`, `[ref_1]`, `[citation:1]`, `[^1^]`, `【1】`, `【1†source】`. */
const mark = /\[(?:citation:|ref_|\^)?(\d{1,3})\^?\]|【(\d{1,3})(?:†[^】]{0,60})?】/g;

/**
 * Elements in which such a mark has another meaning: an index in code, a part of a formula or diagram, the words of
 * another link.
 */
const elsewhere = 'a, code, pre, button, math, svg, .markdown-math';

/**
 * Turns the marks in an answer's text into links if there is a source for them. Doing it twice changes nothing.
 *
 * @param root The element with the displayed text, which must be complete.
 */
export function linkSourceMarks(root: Element, sources: readonly Source[]): void {
  const byNumber = new Map(sources.map((source) => [source.number, source]));
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Text && /[[【]/.test(node.data)) texts.push(node);
  }
  for (const text of texts) {
    if (text.parentElement?.closest(elsewhere) === null) linkMarksOf(text, byNumber);
  }
}

function linkMarksOf(text: Text, byNumber: ReadonlyMap<number, Source>): void {
  const { data } = text;
  const pieces: (string | Element)[] = [];
  let from = 0;
  for (const match of data.matchAll(mark)) {
    const source = byNumber.get(Number(match[1] ?? match[2]));
    if (source === undefined) continue;
    pieces.push(data.slice(from, match.index), linkTo(source, match[0]));
    from = match.index + match[0].length;
  }
  if (from > 0) text.replaceWith(...pieces, data.slice(from));
}

function linkTo({ url, title }: Source, words: string): Element {
  const link = document.createElement('a');
  link.className = 'source-mark';
  link.href = url;
  link.title = title === undefined ? url : `${title}\n${url}`;
  link.textContent = words;
  return link;
}
