import { cleanText } from './cleanText';

/** A code block as text for a terminal. No string in it holds a line end, which a shell would take for Enter. */
export type TerminalText =
  /** One line to put at the prompt; `commands` counts the commands in it. */
  | { readonly kind: 'line'; readonly text: string; readonly commands: number }
  /** Lines that only work together, such as a loop, a here-document or a function. */
  | { readonly kind: 'script'; readonly lines: readonly string[] }
  | { readonly kind: 'empty' };

/** VS Code's name of a shell: "bash", "zsh", "pwsh", "cmd"; undefined when it is not known. */
type ShellName = string | undefined;

/** Longest shell prompt that is recognised, in UTF-16 units. */
const longestPrompt = 300;
const promptSign = /^\s*(?:PS [^>\n]*> ?|[\w.-]+@[\w.-]+[:~\w/ .-]*[$#%] |[A-Z]:\\[^>\n]*> ?|[$%❯➜] )/;

/**
 * Makes a code block safe to put at a shell's prompt. Removes escape sequences, control characters and invisible characters;
 * removes the prompts and the output of a terminal transcript. Joins several commands into one line so that each runs only
 * if the one before succeeded.
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
    text: lines.map((line) => line.replace(/;$/, '')).join(separator(shell)),
    commands: lines.length,
  };
}

function withoutEmptyEnd(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}

/** In a transcript (at least one line begins with a prompt), keeps the commands and removes their output. */
function withoutPrompts(lines: readonly string[]): readonly string[] {
  const signs = lines.map((line) => promptSign.exec(line.slice(0, longestPrompt))?.[0]);
  if (signs.every((sign) => sign === undefined)) return lines;
  const commands: string[] = [];
  let continues = false;
  for (const [index, line] of lines.entries()) {
    const sign = signs[index];
    const prompted = sign !== undefined;
    if (prompted || continues) commands.push(prompted ? line.slice(sign.length) : line.replace(/^> /, ''));
    continues = (prompted || continues) && /(?:[\\`^]|&&|\|)$/.test(line);
  }
  return commands;
}

/** Joins each line that ends with the shell's continuation character with the next line. */
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
    // A shell reads on after `&&`, `||` and `|`, so these lines join without a continuation character.
    open = continued || /(?:&&|\|\|?)\s*$/.test(line);
  }
  return joined;
}

function separator(shell: ShellName): string {
  // Windows PowerShell has no `&&`.
  return shell === 'powershell' || shell === 'pwsh' ? '; ' : ' && ';
}

/** True for a line that is a complete command: its quotes and brackets are closed, and it opens no block. */
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
