import { splitBlock, withoutBlankEdges } from '../edits/lines/lineEdit';
import { measureOverlap, plainLine } from '../edits/lines/plainLine';
import { fenceLanguage } from '../edits/plan/namedPaths';
import { withoutThinking } from '../prompt/withoutThinking';
import { fencedBlocks, type FencedBlock } from '../text/fencedBlocks';
import { openingAt } from '../text/openingAt';
import { lineKind } from './lineKind';
import { hasFences, isTextLanguage } from './isTextLanguage';

/** What an answer holds so far. */
type AnswerCode =
  /** Nothing that can be shown yet: reasoning, an introduction, or half a fence. Only while the answer streams. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'empty' }
  /** Sentences without code, for example a question back or a refusal. */
  | { readonly kind: 'words' }
  | {
      readonly kind: 'code';
      readonly lines: readonly string[];
      /** The info string of the fence; '' without one. */
      readonly info: string;
      /** How many other code blocks the answer has. */
      readonly others: number;
    };

/** What the code of an answer is compared with. */
interface AnswerSubject {
  readonly selection: readonly string[];
  /** VS Code's language id. */
  readonly languageId: string;
}

/** The subject with the selection's lines in the form in which lines are compared. */
interface Subject extends AnswerSubject {
  readonly known: ReadonlySet<string>;
}

const shellLanguages: ReadonlySet<string> = new Set([
  ...['sh', 'bash', 'shell', 'shellscript', 'zsh', 'fish', 'console', 'shell-session', 'terminal'],
  ...['powershell', 'ps1', 'pwsh', 'cmd', 'bat', 'output', 'log'],
]);
const refusal =
  /^(?:(?:i['’]m |i am )?(?:very |so |really )?(?:sorry|unable)\b|i (?:can['’]?t|cannot|won['’]t|apologi)|(?:非常|很)?(?:抱歉|对不起)|我(?:无法|不能)|作为(?:一个|一名)?(?:ai|人工智能))/iu;
const longestRefusal = 800;
const introduction =
  /^(?:here\b|sure\b|certainly\b|okay\b|ok\b|below\b|of course\b|the (?:updated|revised|rewritten|following)\b|以下|下面|这是|好的|当然|修改后|已)/iu;

/**
 * Finds the code in an answer. Models answer with code alone, with code in one or several fences, with sentences around it, and
 * sometimes with sentences only.
 *
 * @param isOver False while the answer streams: its last line may then be incomplete and is left out.
 */
export function readAnswerCode(answer: string, about: AnswerSubject, isOver: boolean): AnswerCode {
  const known = new Set(about.selection.map(plainLine).filter((line) => line !== ''));
  const subject: Subject = { ...about, known };
  const whole = isOver ? answer : answer.slice(0, answer.lastIndexOf('\n') + 1);
  const opening = openingAt(whole);
  const isThinking = opening !== undefined && !whole.includes(opening.closing);
  const text = withoutThinking(whole);
  if (text.trim() === '' || (isThinking && !isOver)) return { kind: isOver ? 'empty' : 'waiting' };
  const lines = splitBlock(text.trimStart() === '' ? '' : text);
  const blocks = blocksIn(lines, subject);
  return blocks.length > 0 ? choose(blocks, subject, isOver) : readBare(lines, subject, isOver);
}

/** The code blocks of an answer. In a Markdown file, blocks inside of the new text are part of it. */
function blocksIn(lines: readonly string[], subject: Subject): readonly FencedBlock[] {
  const blocks = fencedBlocks(lines, hasFences(subject.languageId));
  const [first] = blocks;
  if (first === undefined) return [];
  if (hasFences(subject.languageId)) {
    const documents = blocks.filter(({ info }) =>
      /^(?:md|mdx|markdown|text|txt|)$/i.test(fenceLanguage(info)),
    );
    const isAtStart = lines.slice(0, first.start).every((line) => line.trim() === '');
    const named = documents.filter(({ info }) => info !== '');
    if (named.length > 0) return named;
    return isAtStart && documents[0] === first && !startsWithFence(subject) ? [first] : [];
  }
  // The model forgot the opening fence: what follows the closing one is no code.
  const before = lines.slice(0, first.start);
  const isClosingAlone = first.info === '' && !first.isClosed && startsAsCode(before, subject);
  return isClosingAlone ? [] : blocks;
}

function startsWithFence({ selection }: Subject): boolean {
  return /^\s*(?:```|~~~)/.test(selection.find((line) => line.trim() !== '') ?? '');
}

function choose(blocks: readonly FencedBlock[], subject: Subject, isOver: boolean): AnswerCode {
  const { selection } = subject;
  const kept = isShell(subject.languageId)
    ? blocks
    : blocks.filter(({ info }) => !shellLanguages.has(fenceLanguage(info)));
  const named = kept.length > 0 ? kept : blocks;
  // Some models show the old code first.
  const changed = named.filter(({ lines }) => !isCopy(lines, selection));
  const rest = changed.length > 0 ? changed : named;
  const best = rest.reduce<FencedBlock | undefined>(
    (found, block) =>
      found === undefined || measureOverlap(selection, block.lines) > measureOverlap(selection, found.lines)
        ? block
        : found,
    undefined,
  );
  if (best === undefined) return { kind: isOver ? 'empty' : 'waiting' };
  const others = named.length - (named.length === changed.length ? 1 : named.length - changed.length + 1);
  return { kind: 'code', lines: best.lines, info: best.info, others: Math.max(0, others) };
}

/** True if a block is the selection or its beginning. */
function isCopy(lines: readonly string[], selection: readonly string[]): boolean {
  const code = withoutBlankEdges(lines).map(plainLine);
  const old = withoutBlankEdges(selection).map(plainLine);
  return code.length > 0 && code.every((line, index) => line === old[index]);
}

function isShell(languageId: string): boolean {
  return shellLanguages.has(languageId);
}

/** Reads an answer without a code block. */
function readBare(all: readonly string[], subject: Subject, isOver: boolean): AnswerCode {
  const fence = all.findIndex((line) => /^\s*(?:`{3,}|~{3,})\s*$/.test(line));
  const isText = isTextLanguage(subject.languageId);
  const lines = withoutBlankEdges(fence > 0 && !isText ? all.slice(0, fence) : all);
  const [first = ''] = lines;
  if (isOver && isRefusal(lines)) return { kind: 'words' };
  if (isText) {
    const isIntroduced = introduction.test(first.trim()) && /[:：]\s*$/u.test(first) && lines.length > 1;
    const rest = isIntroduced ? withoutBlankEdges(lines.slice(1)) : lines;
    if (rest.length === 0) return { kind: isOver ? 'empty' : 'waiting' };
    return { kind: 'code', lines: rest, info: '', others: 0 };
  }
  if (!isOver)
    return startsAsCode(lines, subject) ? { kind: 'code', lines, info: '', others: 0 } : { kind: 'waiting' };
  const code = withoutProse(lines, subject);
  return code.length === 0 || isWords(code, subject)
    ? { kind: 'words' }
    : { kind: 'code', lines: code, info: '', others: 0 };
}

function isRefusal(lines: readonly string[]): boolean {
  const text = lines.join('\n').trim();
  return text.length <= longestRefusal && refusal.test(text);
}

/** True if the first line is code, or may be. */
function startsAsCode(lines: readonly string[], subject: Subject): boolean {
  const first = lines.find((line) => line.trim() !== '');
  return first !== undefined && (lineKind(first) !== 'prose' || isSelected(first, subject));
}

/** The lines without paragraphs of sentences before and after the code. */
function withoutProse(lines: readonly string[], subject: Subject): readonly string[] {
  let from = 0;
  let to = lines.length;
  for (let end = paragraphEnd(lines, from); end < to; end = paragraphEnd(lines, from)) {
    if (!isProse(lines.slice(from, end), subject)) break;
    from = lines.findIndex((line, at) => at >= end && line.trim() !== '');
  }
  for (let start = paragraphStart(lines, to); start > from; start = paragraphStart(lines, to)) {
    if (!isProse(lines.slice(start, to), subject)) break;
    to = lines.findLastIndex((line, at) => at < start && line.trim() !== '') + 1;
  }
  return lines.slice(from, to);
}

function paragraphEnd(lines: readonly string[], from: number): number {
  const end = lines.findIndex((line, at) => at >= from && line.trim() === '');
  return end === -1 ? lines.length : end;
}

function paragraphStart(lines: readonly string[], to: number): number {
  return lines.findLastIndex((line, at) => at < to && line.trim() === '') + 1;
}

function isProse(lines: readonly string[], subject: Subject): boolean {
  return (
    lines.some((line) => lineKind(line) === 'prose') &&
    lines.every((line) => lineKind(line) !== 'code' && !isSelected(line, subject))
  );
}

/** True if sentences outnumber the lines of code. */
function isWords(lines: readonly string[], subject: Subject): boolean {
  const kinds = lines.map((line) => (isSelected(line, subject) ? 'code' : lineKind(line)));
  const count = (wanted: string): number => kinds.filter((kind) => kind === wanted).length;
  return count('prose') > count('code');
}

function isSelected(line: string, { known }: Subject): boolean {
  return known.has(plainLine(line));
}
