/** Control sequences, strings for the terminal (titles, clipboards, links) and short escapes, by ECMA-48. */
const escapeSequence = new RegExp(
  [
    String.raw`(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]`,
    String.raw`(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)?`,
    String.raw`\u001b[ -/]*[0-~]`,
  ].join('|'),
  'g',
);

/** What a code block comes to in a terminal. Nothing here holds a line end that a shell would take for Enter. */
export type TerminalText =
  /** One line, for the prompt. */
  | { readonly kind: 'line'; readonly text: string; readonly commands: number }
  /** Lines that belong together: a loop, a here document, a function. */
  | { readonly kind: 'script'; readonly lines: readonly string[] }
  | { readonly kind: 'empty' };

/** A shell by VS Code's name for it: "bash", "zsh", "pwsh", "cmd"; undefined when it is not known. */
export type ShellName = string | undefined;

/** No shell's prompt is longer, in UTF-16 units. */
const longestPrompt = 300;
const promptSign = /^\s*(?:PS [^>\n]*> ?|[\w.-]+@[\w.-]+[:~\w/ .-]*[$#%] |[A-Z]:\\[^>\n]*> ?|[$%❯➜] )/;

/**
 * Makes a code block safe to put at a shell's prompt: without escape sequences, control characters and characters that are not
 * seen, without the prompts of a transcript and its output, and in one line. Commands are joined so that each runs only
 * when the one before went well.
 */
export function terminalText(block: string, shell: ShellName): TerminalText {
  const lines = joinContinued(withoutPrompts(cleanText(block).split('\n')), shell)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:#|REM\b|::)/i.test(line));
  if (lines.length === 0) return { kind: 'empty' };
  const [only] = lines;
  if (lines.length === 1 && only !== undefined) return { kind: 'line', text: only, commands: 1 };
  const simple = lines.every(isSimple);
  if (!simple) return { kind: 'script', lines: withoutEmptyEnd(cleanText(block).split('\n')) };
  return {
    kind: 'line',
    text: lines.map((line) => line.replace(/;$/, '')).join(joint(shell)),
    commands: lines.length,
  };
}

/** A text as it may be sent to a terminal: line ends as `\n`, and nothing that a terminal would obey. */
export function cleanText(text: string): string {
  return (
    text
      .replace(/\r\n|\r|\u2028|\u2029|\u0085/g, '\n')
      // Sequences with their parameters first, so that nothing of them stays as text.
      .replace(escapeSequence, '')
      // A tab would ask the shell to complete.
      .replaceAll('\t', '    ')
      .replace(/(?!\n)\p{Cc}/gu, '')
      // What is not seen, and the blank of Braille, which looks like a space and is none.
      .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu, '')
      .replaceAll('\u00a0', ' ')
  );
}

function withoutEmptyEnd(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}

/** In a transcript only what stands after a prompt is a command; other lines are what it printed. */
function withoutPrompts(lines: readonly string[]): readonly string[] {
  const signs = lines.map((line) => promptSign.exec(line.slice(0, longestPrompt))?.[0]);
  if (signs.every((sign) => sign === undefined)) return lines;
  const commands: string[] = [];
  let goesOn = false;
  for (const [index, line] of lines.entries()) {
    const sign = signs[index];
    const prompted = sign !== undefined;
    if (prompted || goesOn) commands.push(prompted ? line.slice(sign.length) : line.replace(/^> /, ''));
    goesOn = (prompted || goesOn) && /(?:[\\`^]|&&|\|)$/.test(line);
  }
  return commands;
}

/** Lines that end with the shell's sign of going on are one. */
function joinContinued(lines: readonly string[], shell: ShellName): readonly string[] {
  const sign = shell === 'cmd' ? '^' : shell === 'pwsh' || shell === 'powershell' ? '`' : '\\';
  const joined: string[] = [];
  let open = false;
  for (const line of lines) {
    const continued = line.endsWith(sign) && !line.endsWith(sign + sign);
    const text = continued ? line.slice(0, -1).trimEnd() : line;
    const last = joined.length - 1;
    if (open) joined[last] = `${joined[last] ?? ''} ${text.trim()}`;
    else joined.push(text);
    // `&&` and `|` at the end go on by themselves, in one line as in two.
    open = continued || /(?:&&|\|\|?)\s*$/.test(line);
  }
  return joined;
}

function joint(shell: ShellName): string {
  // Windows PowerShell has no `&&`.
  return shell === 'powershell' || shell === 'pwsh' ? '; ' : ' && ';
}

/** Whether a line is a command by itself: all its quotes and brackets close, and it opens nothing that later lines end. */
function isSimple(line: string): boolean {
  if (/<<-?\s*["'\\]?\w|@["']\s*$/.test(line)) return false;
  if (
    /^(?:if|for|while|until|case|select|function|do|then|else|elif|fi|done|esac|end|begin|switch|foreach|try|catch|\}|\))(?:\b|\s|$)/.test(
      line,
    )
  )
    return false;
  if (/^[\w-]+\s*\(\)/.test(line) || /[{(]\s*$|(?<!&)&\s*$|[#`]/.test(line)) return false;
  const count = (sign: RegExp): number => line.match(sign)?.length ?? 0;
  return (
    count(/"/g) % 2 === 0 &&
    count(/'/g) % 2 === 0 &&
    count(/\(/g) === count(/\)/g) &&
    count(/\{/g) === count(/\}/g)
  );
}
