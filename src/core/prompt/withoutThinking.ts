import {
  answerClosings,
  answerOpenings,
  openingAt,
  thinkClosings,
  thinkName,
  thinkOpenings,
} from '../text/openingAt';
import { codeRanges } from '../text/withoutCode';

/** A fast check: a text without a match has no marks. */
const anyMark = new RegExp(
  `${thinkClosings}|${thinkOpenings}|<\\||<unused94>|\\[REASONING\\]|^\\s*analysis`,
  'i',
);
/** Marks around the answer itself, from models that mark their reasoning with `begin_of_thought` or `START_THINKING`. */
const answerMarks = new RegExp(`${answerOpenings}|${answerClosings}`, 'gi');
const harmonyStart = /^\s*(?:<\|start\|>\s*assistant\s*)?<\|channel\|>\s*(?:analysis|commentary|final)\b/;
const harmonyToken = /<\|(start|end|message|channel|constrain|return|call)\|>/g;
const loneClosing = new RegExp(`(?:^|\\n)([^\\n]*)</(${thinkName})>[ \\t]*(?=\\n|$)`, 'gi');
/** Longest opening mark, in UTF-16 units. */
const longestMark = 100;
/** The search ends after this many different closing marks that are missing: each of them costs a search of the whole text. */
const mostUnclosed = 50;

/**
 * The text of an answer without the model's reasoning: `<think>…</think>` and similar marks, and all channels except the final
 * one in the response format of gpt-oss (harmony). Models must not see their reasoning again, and the chat template of gpt-oss
 * refuses it. Keeps text that only mentions such marks, in code or outside.
 */
export function withoutThinking(text: string): string {
  if (!anyMark.test(text)) return text;
  if (harmonyStart.test(text)) return finalChannel(text);
  const plain = finalPlainChannel(text);
  if (plain !== undefined) return plain;
  const answer = withoutBlocks(withoutLeading(text));
  return answer === text ? withoutUnopened(text) : answer.trimStart();
}

/**
 * The text for the user in a response in the harmony format: the channel `final`, and `commentary` that is not a tool call.
 * Source: OpenAI, "OpenAI harmony response format".
 */
function finalChannel(text: string): string {
  const code = codeRanges(text);
  const said: string[] = [];
  let header = '';
  let state: 'header' | 'content' | 'between' = 'between';
  let from = 0;
  const take = (to: number): void => {
    if (state === 'header') header += text.slice(from, to);
    if (state === 'content' && /^\s*(?:final\b|commentary\b(?!.*\bto=))/.test(header))
      said.push(text.slice(from, to).trim());
  };
  for (const token of text.matchAll(harmonyToken)) {
    if (isIn(code, token.index)) continue;
    take(token.index);
    from = token.index + token[0].length;
    if (token[1] === 'channel') {
      header = '';
      state = 'header';
    } else if (token[1] === 'message') {
      state = 'content';
    } else if (token[1] !== 'constrain') {
      state = 'between';
    }
  }
  take(text.length);
  return said.filter((piece) => piece !== '').join('\n\n');
}

/** The final channel of a harmony response whose special tokens were removed: `analysisWe greet.assistantfinalHi!`. */
function finalPlainChannel(text: string): string | undefined {
  if (!/^\s*analysis(?![a-z])/.test(text)) return undefined;
  const at = text.indexOf('assistantfinal');
  return at === -1 || isIn(codeRanges(text), at)
    ? undefined
    : text.slice(at + 'assistantfinal'.length).trimStart();
}

/** Removes a block at the very beginning. Ignores code in it, because reasoning may hold an unclosed code block. */
function withoutLeading(text: string): string {
  const start = text.length - text.trimStart().length;
  const mark = markAt(text, start);
  if (mark === undefined) return text;
  const end = text.indexOf(mark.closing, mark.from);
  // Without a closing mark, it is truncated reasoning if the line ends after the mark; otherwise text that mentions the mark.
  if (end === -1) return /^[ \t]*\n/.test(text.slice(mark.from, mark.from + 200)) ? '' : text;
  const after = end + mark.closing.length;
  if (isMention(text.slice(mark.from, end), text.slice(after, after + 2))) return text;
  return text.slice(after).replaceAll(answerMarks, '').trimStart();
}

/** True for text that mentions both marks, such as `<think> and </think> are tags`. */
function isMention(between: string, after: string): boolean {
  if (between.includes('\n')) return false;
  return (
    /^(?:and|or|to|,|\/|&|\.{3}|…|–|-|与|和|或|、|und|et|y|e|и)?$/u.test(between.trim()) &&
    /^[ ,.:;)、，。][^\n]?/.test(after)
  );
}

/** Removes later blocks. The opening mark is at the beginning of a line outside of code, the closing one at the end of a line. */
function withoutBlocks(text: string): string {
  const code = codeRanges(text);
  const hopeless = new Set<string>();
  let kept = '';
  let from = 0;
  for (let line = text.indexOf('\n') + 1; line > 0; line = text.indexOf('\n', line) + 1) {
    if (line < from || isIn(code, line)) continue;
    const found = markAt(text, line);
    if (found === undefined || hopeless.has(found.closing)) continue;
    const end = endOfBlock(text, found.from, found.closing, code);
    if (end === undefined) {
      hopeless.add(found.closing);
      if (hopeless.size >= mostUnclosed) break;
      continue;
    }
    kept += text.slice(from, line);
    from = end;
    line = end - 1;
  }
  return kept + text.slice(from);
}

/**
 * The mark that begins at a place, and where the thought after it begins. A tag with attributes in a stored answer is a part of
 * the answer: `<reasoning engine="x">`.
 */
function markAt(text: string, at: number): { readonly from: number; readonly closing: string } | undefined {
  if (/\s/.test(text[at] ?? ' ')) return undefined;
  const mark = openingAt(text.slice(at, at + longestMark));
  return mark === undefined || mark.hasAttributes
    ? undefined
    : { from: at + mark.length, closing: mark.closing };
}

/** Where the line after the closing mark begins; undefined unless a closing mark outside of code is at the end of a line. */
function endOfBlock(
  text: string,
  from: number,
  closing: string,
  code: readonly (readonly [number, number])[],
): number | undefined {
  for (let at = text.indexOf(closing, from); at !== -1; at = text.indexOf(closing, at + 1)) {
    const after = at + closing.length;
    const rest = /^[ \t]{0,20}(?:\n|$)/.exec(text.slice(after, after + 22));
    if (rest !== null && !isIn(code, at)) return after + rest[0].length;
  }
  return undefined;
}

/** Removes the reasoning before a closing mark without an opening one: some chat templates open the reasoning themselves. */
function withoutUnopened(text: string): string {
  const code = codeRanges(text);
  for (const { index, 0: all, 1: before = '', 2: tag = '' } of text.matchAll(loneClosing)) {
    const end = index + all.length;
    const at = text.lastIndexOf('</', end);
    if (isIn(code, at)) continue;
    const isAlone = before.trim() === '';
    const endsThought = /[.!?。！？…)"”]$/.test(before) && /^\n[ \t]*\n/.test(text.slice(end, end + 40));
    if (!isAlone && !endsThought) return text;
    if (text.slice(0, at).toLowerCase().includes(`<${tag.toLowerCase()}>`)) return text;
    const rest = text.slice(end).trimStart();
    return rest === '' ? text : rest;
  }
  return text;
}

/** True when a position is in one of the ranges, which are in order. Binary search. */
function isIn(ranges: readonly (readonly [start: number, end: number])[], at: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const [start = 0, end = 0] = ranges[middle] ?? [];
    if (at < start) high = middle;
    else if (at >= end) low = middle + 1;
    else return true;
  }
  return false;
}
