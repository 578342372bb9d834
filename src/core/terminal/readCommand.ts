import { fencedBlocks, type FencedBlock } from '../text/fencedBlocks';
import { cleanText } from '../text/cleanText';
import { terminalText, type TerminalText } from '../text/terminalText';

/** What an answer holds. */
export type CommandAnswer =
  | {
      readonly kind: 'command';
      /** The command as the model wrote it, without anything that a terminal would interpret. */
      readonly block: string;
      readonly text: Exclude<TerminalText, { readonly kind: 'empty' }>;
      /** What it does, or why the first one failed, as one line of plain text; '' if the model does not say. */
      readonly reason: string;
    }
  /** Code for a file. */
  | { readonly kind: 'code' }
  /** Prose alone. */
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'empty' };

/** The longest reason, in UTF-16 units. */
const longestReason = 400;

/** Names of shells after a fence. */
const shellNames =
  /^(?:|(?:ba|z|da|k|c|tc|fi|a)?sh|fish|nu|nushell|shell|shell-?script|shell-?session|terminal|console|cli|command|cmd|bat|batch|dos|ps|ps1|pwsh|powershell|xonsh)$/i;
/** Output, which is neither a command nor code. */
const outputNames = /^(?:te?xt|plain|plaintext|output|log|stdout|stderr|none)$/i;

/** Words that begin a sentence, not a command. */
const sentenceStarts: ReadonlySet<string> = new Set(
  'a an and the there this that it you your i no not none nothing sorry please to as if for since because cannot unable unknown use run yes only'.split(
    ' ',
  ),
);

/**
 * Reads the command in an answer. The first code block decides, unless it shows output: a block for a shell, or without a language,
 * is the command; another one is code. Without a block, takes a line of code alone, such as `git pull` after "Run".
 *
 * @param shell VS Code's name of the shell; undefined if unknown.
 */
export function readCommand(answer: string, shell: string | undefined): CommandAnswer {
  const lines = answer.split(/\r\n|\r|\n/);
  if (answer.trim() === '') return { kind: 'empty' };
  const blocks = fencedBlocks(lines, false).filter(({ info }) => !outputNames.test(languageOf(info)));
  for (const block of blocks) {
    if (!shellNames.test(languageOf(block.info))) return { kind: 'code' };
    const command = commandIn(block.lines.join('\n'), shell);
    if (command !== undefined) return { ...command, reason: reasonAround(lines, block) };
  }
  return withoutBlock(answer, shell);
}

function withoutBlock(answer: string, shell: string | undefined): CommandAnswer {
  const prose: CommandAnswer = { kind: 'prose', text: plainProse(answer) };
  const inline = inlineCommand(answer);
  if (inline !== undefined) {
    const command = commandIn(inline, shell);
    return command === undefined
      ? prose
      : { ...command, reason: plainProse(answer.replace(`\`${inline}\``, '')) };
  }
  if (!isBareCommand(answer.trim())) return prose;
  const command = commandIn(answer, shell);
  return command === undefined ? prose : { ...command, reason: '' };
}

/** A single span of code that is alone in its line, or that a verb such as "run" introduces. */
function inlineCommand(answer: string): string | undefined {
  const spans = [...answer.matchAll(/`([^`\n]{1,2000})`/g)];
  const [span] = spans;
  if (span?.[1] === undefined || spans.length > 1) return undefined;
  const before = answer.slice(Math.max(0, span.index - 24), span.index);
  const isAlone =
    (before === '' || /\n[ \t]*$/.test(before)) &&
    /^[ \t]*(?:\n|$)/.test(answer.slice(span.index + span[0].length));
  const isIntroduced =
    /(?:\b(?:run|use|try|type|execute|enter|with|command)\b:?|运行|执行|使用|输入|尝试|改为|改成|命令)[:：]?\s{0,3}$/i.test(
      before,
    );
  return isAlone || isIntroduced ? span[1] : undefined;
}

/** True for an answer in one line that is a command, not a sentence. */
function isBareCommand(line: string): boolean {
  if (line.includes('\n') || line.includes('`') || line.length > 2_000) return false;
  if (/^\$ \S/.test(line)) return true;
  const [first = ''] = line.split(/\s/, 1);
  if (!/^(?:[a-z0-9_.~/-]+|[A-Z][a-z]+-[A-Z]\w+)$/.test(first) || sentenceStarts.has(first)) return false;
  return !/[.!?:。！？：，]$/.test(line) || /\s\.{1,2}$/.test(line);
}

function commandIn(
  block: string,
  shell: string | undefined,
):
  | {
      readonly kind: 'command';
      readonly block: string;
      readonly text: Exclude<TerminalText, { readonly kind: 'empty' }>;
    }
  | undefined {
  const text = terminalText(block, shell);
  return text.kind === 'empty' ? undefined : { kind: 'command', block: cleanText(block), text };
}

/** The sentence after a block. If no text follows the block, the sentence before it. */
function reasonAround(lines: readonly string[], { start, end }: FencedBlock): string {
  const next = lines.findIndex((line, index) => index >= end && /^\s*(?:`{3}|~{3})/.test(line));
  const after = plainProse(lines.slice(end, next === -1 ? lines.length : next).join('\n'));
  return after === '' ? plainProse(lines.slice(0, start).join('\n')) : after;
}

/** The first paragraph of Markdown as one line without markup. */
function plainProse(markdown: string): string {
  const [paragraph = ''] = markdown.trim().split(/\n[ \t]*\n/, 1);
  const line = cleanText(paragraph.slice(0, longestReason * 2))
    .replace(/^[ \t]{0,9}(?:[-*+>]|#{1,6})[ \t]/gm, '')
    .replace(/\*\*|`/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= longestReason
    ? line
    : `${line.slice(0, longestReason).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function languageOf(info: string): string {
  return (/^[^\s{:,]*/.exec(info)?.[0] ?? '').replace(/^\./, '');
}
