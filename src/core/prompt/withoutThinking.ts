import { codeRanges } from '../text/withoutCode';

/** Marks around what a model thinks, where its gateway leaves them in the text. Each opens at the beginning of a line. */
const pairs: readonly (readonly [open: RegExp, close: (tag: string) => string])[] = [
  [/^<((?:[a-z]{1,12}[:_])?(?:think|thinking|thoughts?|reasoning))>/i, (tag) => `</${tag}>`],
  [/^\[(THINK|THINKING)\]/, (tag) => `[/${tag}]`],
  [/^◁(think)▷/, (tag) => `◁/${tag}▷`],
  [/^<\|(begin_of_thought)\|>/, () => '<|end_of_thought|>'],
  [/^<\|(START_THINKING)\|>/, () => '<|END_THINKING|>'],
  [/^<\|(channel)>thought/, () => '<channel|>'],
];
const anyMark =
  /<\/?(?:[a-z]{1,12}[:_])?(?:think|thought|reasoning)|\[\/?THINK|◁think|<\|(?:channel|start|begin_of_thought|START_THINKING)|^\s*analysis/i;
/** The answer between its own marks, as models write it that mark their thoughts with `begin_of_thought` or `START_THINKING`. */
const answerMarks = /<\|(?:begin|end)_of_solution\|>|<\|(?:START|END)_RESPONSE\|>/g;
const harmonyStart = /^\s*(?:<\|start\|>\s*assistant\s*)?<\|channel\|>\s*(?:analysis|commentary|final)\b/;
const harmonyToken = /<\|(start|end|message|channel|constrain|return|call)\|>/g;
const loneClosing = /(?:^|\n)([^\n]*)<\/(think|thinking|thought)>[ \t]*(?=\n|$)/gi;

/**
 * An answer's text for a prompt, without what the model thought: `<think>…</think>` and its kin, and all channels but the
 * last word in the format of gpt-oss (harmony). Models are not to see it again, and the template of gpt-oss refuses it. Text
 * that talks about such marks stays, in code or not.
 */
export function withoutThinking(text: string): string {
  if (!anyMark.test(text)) return text;
  if (harmonyStart.test(text)) return finalOfHarmony(text);
  const plain = afterPlainChannel(text);
  if (plain !== undefined) return plain;
  const answer = withoutBlocks(withoutLeading(text));
  return answer === text ? withoutUnopened(text) : answer.trimStart();
}

/** What a model says to the user: the channel `final`, and `commentary` that is not for a tool. */
function finalOfHarmony(text: string): string {
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

/** Where the tokens of harmony were dropped, their words stay: `analysisWe greet.assistantfinalHi!`. */
function afterPlainChannel(text: string): string | undefined {
  if (!/^\s*analysis(?![a-z])/.test(text)) return undefined;
  const at = text.indexOf('assistantfinal');
  return at === -1 || isIn(codeRanges(text), at)
    ? undefined
    : text.slice(at + 'assistantfinal'.length).trimStart();
}

/** A block at the very beginning is a thought, whatever is in it: code in a thought may be left open. */
function withoutLeading(text: string): string {
  const start = text.length - text.trimStart().length;
  for (const [open, close] of pairs) {
    const match = open.exec(text.slice(start, start + 40));
    if (match === null) continue;
    const from = start + match[0].length;
    const closing = close(match[1] ?? '');
    const end = text.indexOf(closing, from);
    // A thought that was cut has no end. A text about such a mark has none, either, but goes on in the same line.
    if (end === -1) return /^[ \t]*\n/.test(text.slice(from, from + 200)) ? '' : text;
    const after = end + closing.length;
    if (isMention(text.slice(from, end), text.slice(after, after + 2))) return text;
    return text.slice(after).replaceAll(answerMarks, '').trimStart();
  }
  return text;
}

/** `<think> and </think> are tags` is about the marks. */
function isMention(between: string, after: string): boolean {
  if (between.includes('\n')) return false;
  return (
    /^(?:and|or|to|,|\/|&|\.{3}|…|–|-|与|和|或|、|und|et|y|e|и)?$/u.test(between.trim()) &&
    /^[ ,.:;)、，。][^\n]?/.test(after)
  );
}

/** Blocks further down: the opening mark begins a line outside of code, and the closing one ends a line. */
function withoutBlocks(text: string): string {
  const code = codeRanges(text);
  const hopeless = new Set<string>();
  let kept = '';
  let from = 0;
  for (let line = text.indexOf('\n') + 1; line > 0; line = text.indexOf('\n', line) + 1) {
    if (line < from || isIn(code, line)) continue;
    const found = openingAt(text, line);
    if (found === undefined || hopeless.has(found.closing)) continue;
    const end = endOfBlock(text, found.from, found.closing, code);
    if (end === undefined) {
      hopeless.add(found.closing);
      continue;
    }
    kept += text.slice(from, line);
    from = end;
    line = end - 1;
  }
  return kept + text.slice(from);
}

function openingAt(
  text: string,
  line: number,
): { readonly from: number; readonly closing: string } | undefined {
  const beginning = text.slice(line, line + 40);
  for (const [open, close] of pairs) {
    const match = open.exec(beginning);
    // Something is thought after the mark, in its line or the next.
    if (match !== null) return { from: line + match[0].length, closing: close(match[1] ?? '') };
  }
  return undefined;
}

/** Where the line after the closing mark begins; undefined when no closing mark outside of code ends a line. */
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

/** A closing mark without an opening one, as templates leave it that open the thought themselves. */
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

/** True when a place is in one of the ranges, which are in order. */
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
