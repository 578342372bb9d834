/** What a line of an answer looks like: a sentence, code, or something that may be either. */
export type LineKind = 'prose' | 'code' | 'unclear';

/** Longer lines, in UTF-16 units, are judged by their beginning. */
const longest = 400;

const inlineCode = /`[^`\n]{0,200}`/g;
const codeSign = /[;{}=<>$\\|]|\p{L}\(|\p{L}\.\p{L}+[([]|[([,]$|^[)\]}]|::|->/u;
const codeStart = /^(?:\/\/|\/\*|#!|#include\b|@\p{L}|<!--|--\s|["'])/u;
const sentenceEnd = /[.:!?。：！？…]["'”’)）]?$/u;
const han = /\p{Script=Han}/gu;

/** Judges one line by its own text. Blank lines are `unclear`. */
export function lineKind(line: string): LineKind {
  const text = line.slice(0, longest).trim().replaceAll(inlineCode, 'x');
  if (text === '' || codeStart.test(text)) return text === '' ? 'unclear' : 'code';
  if (codeSign.test(text)) return 'code';
  if ([...text.matchAll(han)].length >= 4) return 'prose';
  if (!/^[\p{Lu}\p{Script=Han}*_]/u.test(text)) return 'unclear';
  const words = text.match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? [];
  // SQL and assembler are written in capitals.
  if (words.filter((word) => word.length > 1 && word === word.toUpperCase()).length >= 2) return 'unclear';
  const plain = words.filter((word) => /^\p{Ll}/u.test(word)).length;
  if (sentenceEnd.test(text))
    return plain >= 2 || /^[\p{L}\s,'’-]+[.!?。！？]$/u.test(text) ? 'prose' : 'unclear';
  return plain >= 6 ? 'prose' : 'unclear';
}
