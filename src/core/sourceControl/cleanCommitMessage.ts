/** A longer message is cut, in UTF-16 units. */
const longestMessage = 10_000;

/** A sentence that models write before the message. */
const preface =
  /^(?:here(?:'s| is| are)|sure|certainly|of course|okay|ok[,! ]|based on|below is|the (?:suggested |generated )?commit message|以下是|好的|这是|根据|提交信息如下)[^\n]{0,300}$/i;
/** `Commit message:` and the like, alone in a line or before the message. */
const label =
  /^(?:\*\*|#{1,4} )?(?:suggested |generated )?(?:git )?(?:commit(?: message)?|提交信息|提交消息|提交说明)(?:\*\*)?\s{0,3}[:：](?:\*\*)?\s{0,3}/i;
/** A paragraph that models write after the message. */
const epilogue =
  /^(?:let me know|feel free|this (?:commit )?message|explanation[:：]|i hope|note: this message|如果(?:您|你)|希望|这(?:个|条)提交信息|说明[:：])/i;
const quotePairs: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['「', '」'],
  ['`', '`'],
  ['**', '**'],
];

/**
 * The commit message in a model's answer: without code fences, prose around it, labels, quotes and emphasis. The subject is
 * followed by an empty line.
 *
 * @param isComplete False while the answer streams. What may turn out not to belong to the message is then held back.
 */
export function cleanCommitMessage(answer: string, isComplete: boolean): string {
  const text = answer
    .slice(0, longestMessage)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\t\n]/gu, '')
    .trimStart();
  if (!isComplete && !text.includes('\n') && mayBePreface(text)) return '';
  const message = withoutLabel(withoutPreface(insideFence(text)));
  const lines = message.split('\n').map((line) => line.trimEnd());
  const kept = withoutEpilogue(lines, isComplete);
  const clean = withSubject(kept.join('\n').trim());
  return isComplete ? withoutQuotes(clean) : withoutOpenQuotes(clean);
}

/** True for the beginning of a first line that may be prose, a label, a fence or a quotation mark. */
function mayBePreface(text: string): boolean {
  return (
    text.length < 12 ||
    /^["'“「`*#]/.test(text) ||
    /^(?:here|sure|certainly|of course|ok|based|below|the |(?:suggested|generated|git|commit|message)|以下|好的|这是|根据|提交)/i.test(
      text,
    )
  );
}

/** The content of the first code fence, if the answer has one at its beginning or after some prose; else the text. */
function insideFence(text: string): string {
  const opening = /^ {0,3}(`{3,}|~{3,})[^\n`]*(?:\n|$)/m.exec(text);
  if (opening === null) return text;
  const before = text.slice(0, opening.index).trim();
  const [firstLine = '', ...more] = before.split('\n');
  const isProse = before === '' || preface.test(firstLine) || (more.length === 0 && /[:：]$/.test(before));
  // A fence in the middle of a message belongs to it.
  if (!isProse || more.length > 3) return text;
  const rest = text.slice(opening.index + opening[0].length);
  const fence = opening[1] ?? '```';
  const lines = rest.split('\n');
  const end = lines.findIndex((line) => line.trim().startsWith(fence));
  const inside = end === -1 ? lines : lines.slice(0, end);
  // A closing fence that is still being written.
  if (end === -1 && /^\s*[`~]{1,3}$/.test(inside.at(-1) ?? '')) inside.pop();
  return inside.join('\n').trimStart();
}

function withoutPreface(text: string): string {
  const end = text.indexOf('\n');
  const first = (end === -1 ? text : text.slice(0, end)).trim();
  if (!preface.test(first) || !/[:：.。!！]$/.test(first)) return text;
  return end === -1 ? '' : text.slice(end).trimStart();
}

function withoutLabel(text: string): string {
  return text.replace(label, '').trimStart();
}

function withoutEpilogue(lines: readonly string[], isComplete: boolean): readonly string[] {
  const start = lines.findIndex((line, index) => index > 1 && lines[index - 1] === '' && epilogue.test(line));
  if (start !== -1) return lines.slice(0, lines[start - 2] === '---' ? start - 2 : start);
  const last = lines.length - 1;
  // A rule or a paragraph that has just begun may belong to an epilogue.
  return !isComplete &&
    lines.length > 2 &&
    (lines[last] ?? '').length < 12 &&
    /^[-`]{1,3}$/.test(lines[last] ?? '')
    ? lines.slice(0, -1)
    : lines;
}

/** Removes markup of the subject, and puts an empty line after it. */
function withSubject(text: string): string {
  const [subject = '', ...body] = text.split('\n');
  const plain = subject.replace(/^#{1,3} (?=\S)/, '').replace(/^(\*\*|`)(?=\S)([^*`\n]*)\1$/, '$2');
  if (body.length === 0 || body[0] === '') return [plain, ...body].join('\n').replaceAll(/\n{3,}/g, '\n\n');
  return [plain, '', ...body].join('\n').replaceAll(/\n{3,}/g, '\n\n');
}

function withoutQuotes(text: string): string {
  let current = text;
  for (const [open, close] of quotePairs) {
    const inner = current.slice(open.length, current.length - close.length);
    const isQuoted =
      current.length > open.length + close.length && current.startsWith(open) && current.endsWith(close);
    if (isQuoted && !inner.includes(open) && !inner.includes(close)) current = inner.trim();
  }
  return current;
}

/** A quotation mark at the beginning may be closed at the end: both are left out until then. */
function withoutOpenQuotes(text: string): string {
  const pair = quotePairs.find(
    ([open, close]) => text.startsWith(open) && !text.slice(open.length).includes(close),
  );
  return pair === undefined ? withoutQuotes(text) : text.slice(pair[0].length);
}
