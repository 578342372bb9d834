import { cleanChatReply } from './cleanChatReply';
import { lineAfter, lineBefore, type CompletionPlace } from './completionPlace';
import { shapeOf } from './completionShape';
import { cutRepeatedSuffix } from './cutRepeatedSuffix';
import { findBlockEnd } from './findBlockEnd';
import { beginsInWord, endsInWord, withoutHalfPairs, withoutLastWord } from './endsInWord';

/** How a text from a model arrived. */
interface ArrivedText {
  readonly text: string;
  /** True for the reply of a chat model, which may have a fence and sentences around it. */
  readonly isChat: boolean;
  /** True if the model was stopped before its own end: by the limit of tokens, or because the connection closed. */
  readonly isCut: boolean;
}

/** Marks that some servers do not remove from the end of a completion. */
const endMarks = [
  '<|endoftext|>',
  '<|file_sep|>',
  '<|repo_name|>',
  '<|fim_prefix|>',
  '<|fim_suffix|>',
  '<|fim_middle|>',
  '<|fim_pad|>',
  '<|im_end|>',
  '<fim_prefix>',
  '<fim_suffix>',
  '<fim_middle>',
  '<｜fim▁begin｜>',
  '<｜fim▁hole｜>',
  '<｜fim▁end｜>',
  '<｜end▁of▁sentence｜>',
  '<EOT>',
  '[SUFFIX]',
  '[PREFIX]',
];

/** So many equal lines in a row mean that a model repeats itself. */
const mostEqualLines = 3;

/**
 * Makes of a model's text what can be shown at a place: without fences and marks, ended with its block, without what follows the
 * cursor anyway, and without half a word.
 *
 * @returns '' if nothing useful is left. Line ends are `\n`.
 */
export function trimCompletion({ text, isChat, isCut }: ArrivedText, place: CompletionPlace): string {
  const shape = shapeOf(place);
  const plain = readText({ text, isChat }, place);
  const end = findBlockEnd(plain, place, shape, !isCut);
  const block = end === undefined ? plain : plain.slice(0, end);
  const unlooped = withoutLoop(block);
  const cut = cutRepeatedSuffix(unlooped, place);
  const isStillCut = isCut && end === undefined && cut.length === plain.length;
  const whole = isStillCut ? withoutHalfEnd(cut) : cut;
  return fitted(whole, place, shape === 'body');
}

/** The text of a reply with `\n` as line end and without marks; for a chat model also without fence and sentences. */
export function readText({ text, isChat }: Omit<ArrivedText, 'isCut'>, place: CompletionPlace): string {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  const ends = endMarks.map((mark) => lines.indexOf(mark)).filter((at) => at !== -1);
  // A character of control would be invisible in the document, and one that changes the direction of text would mislead.
  const plain = lines
    .slice(0, Math.min(lines.length, ...ends))
    .replaceAll(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/gu, '');
  return isChat ? cleanChatReply(plain, place) : plain;
}

/** Removes the last line if others are left, otherwise the last word: both may be half. */
function withoutHalfEnd(text: string): string {
  const lineEnd = text.lastIndexOf('\n');
  if (text.slice(0, Math.max(lineEnd, 0)).trim() !== '') return text.slice(0, lineEnd);
  return withoutLastWord(withoutHalfPairs(text));
}

/** Keeps the first of several equal lines in a row. */
function withoutLoop(text: string): string {
  const lines = text.split('\n');
  for (let index = 1; index + mostEqualLines <= lines.length; index += 1) {
    const line = lines[index]?.trim() ?? '';
    const isLoop =
      line.length > 3 && lines.slice(index, index + mostEqualLines).every((other) => other.trim() === line);
    if (isLoop) return lines.slice(0, index + 1).join('\n');
  }
  return text;
}

/** The text with the white space at its end that the place needs; '' if it does not fit between its neighbours. */
function fitted(text: string, place: CompletionPlace, isBody: boolean): string {
  const line = lineBefore(place);
  const rest = lineAfter(place);
  const trimmed = text.trimEnd();
  if (trimmed.trim() === '') return '';
  if (rest.trim() === '') return trimmed;
  if (isBody && trimmed.includes('\n')) {
    // The closing brace that the editor has added belongs on a line of its own.
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    return `${trimmed}\n${indent}`;
  }
  const isGlued = endsInWord(trimmed) && beginsInWord(rest);
  if (isGlued && trimmed === text) return '';
  return beginsInWord(rest) && trimmed !== text ? `${trimmed} ` : trimmed;
}
