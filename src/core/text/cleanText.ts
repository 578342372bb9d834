/** Escape sequences of ECMA-48: control sequences, control strings (titles, clipboard, links) and two-character escapes. */
const escapeSequence = new RegExp(
  [
    String.raw`(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]`,
    String.raw`(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)?`,
    String.raw`\u001b[ -/]*[0-~]`,
  ].join('|'),
  'g',
);

/** The text with `\n` as line end and without anything that a terminal would interpret. */
export function cleanText(text: string): string {
  return (
    text
      .replace(/\r\n|\r|\u2028|\u2029|\u0085/g, '\n')
      // Before the control characters: a sequence without its first character would leave its parameters as text.
      .replace(escapeSequence, '')
      // A tab would start the shell's completion.
      .replaceAll('\t', '    ')
      .replace(/(?!\n)\p{Cc}/gu, '')
      // Invisible characters, and the blank Braille pattern, which looks like a space.
      .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu, '')
      .replaceAll('\u00a0', ' ')
  );
}
