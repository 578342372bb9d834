/**
 * What to write after a text that the user has begun, so that both together are the message.
 *
 * A model is asked for the whole message. If it kept to the beginning, the rest is returned; white space and case may differ. If it
 * wrote only the rest of the line, that is returned; and if it wrote another message, it becomes a paragraph of its own, because
 * what the user wrote stays as it is.
 *
 * @param begun What the user has written; may be empty.
 * @param message The message of the model, as far as it has come.
 * @returns '' for a message that does not go beyond the beginning yet.
 */
export function continuation(begun: string, message: string): string {
  if (begun.trim() === '') return message;
  const rest = afterBeginning(begun, message);
  if (rest.kind === 'shorter') return '';
  if (rest.kind === 'same') return withoutSpaceOf(begun, rest.text);
  if (/\n\s{0,20}$/.test(begun)) return `${begun.endsWith('\n\n') ? '' : '\n'}${message}`;
  if (/\s$/.test(begun)) return message;
  if (/[:：,，(（\-/]$/.test(begun)) return /[(（\-/]$/.test(begun) ? message : ` ${message}`;
  return `\n\n${message}`;
}

/** Removes the white space from the beginning of a text that is already at the end of `begun`. */
function withoutSpaceOf(begun: string, text: string): string {
  const [ending = ''] = /\s{0,20}$/.exec(begun) ?? [];
  if (ending === '') return text;
  const words = text.trimStart();
  const missing = lineEndsIn(text.slice(0, text.length - words.length)) - lineEndsIn(ending);
  return '\n'.repeat(Math.max(0, missing)) + words;
}

function lineEndsIn(text: string): number {
  return text.split('\n').length - 1;
}

/** How a text relates to a beginning: it is a part of it, it goes on after it (with `text`), or it begins otherwise. */
function afterBeginning(
  begun: string,
  text: string,
): { readonly kind: 'shorter' | 'different' } | { readonly kind: 'same'; readonly text: string } {
  let at = 0;
  for (const letter of begun) {
    if (/\s/.test(letter)) continue;
    while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
    if (at >= text.length) return { kind: 'shorter' };
    if (text.slice(at, at + letter.length).toLowerCase() !== letter.toLowerCase())
      return { kind: 'different' };
    at += letter.length;
  }
  return { kind: 'same', text: text.slice(at) };
}
