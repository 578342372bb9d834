/** A diagnostic of VS Code, as its Problems view shows it. */
export interface Problem {
  readonly path: string;
  /** Counted from 1, as is `column`. */
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  /** The tool that reported it, such as "ts"; empty when unknown. */
  readonly source: string;
  /** The tool's code for it, such as "2322" or "no-unused-vars"; empty when unknown. */
  readonly code: string;
  /** The lines of code around it and the number of the first of them; undefined when they could not be read. */
  readonly around: { readonly firstLine: number; readonly lines: readonly string[] } | undefined;
}

/** Longest description of all problems together, in UTF-16 units. */
const budget = 30_000;
const severities = ['error', 'warning', 'information', 'hint'] as const;

/**
 * Describes problems as a compiler prints them: position, severity and message, then the code around it. Errors come first.
 *
 * @returns `count` is the number of problems in the text; the others were left out.
 */
export function describeProblems(problems: readonly Problem[]): { text: string; count: number } {
  const sorted = problems.toSorted(
    (left, right) =>
      severities.indexOf(left.severity) - severities.indexOf(right.severity) ||
      (left.path === right.path ? left.line - right.line : left.path < right.path ? -1 : 1),
  );
  const described: string[] = [];
  let left = budget;
  for (const problem of sorted) {
    const text = describeProblem(problem);
    if (text.length > left) break;
    described.push(text);
    left -= text.length + 2;
  }
  return { text: described.join('\n\n'), count: described.length };
}

function describeProblem({ path, line, column, severity, message, source, code, around }: Problem): string {
  const origin = [source, code].filter((part) => part !== '').join(' ');
  const heading = `${path}:${line}:${column} ${severity} ${message.trim()}${origin === '' ? '' : ` (${origin})`}`;
  if (around === undefined) return heading;
  const width = String(around.firstLine + around.lines.length).length;
  const lines = around.lines.map((text, index) => {
    const number = around.firstLine + index;
    return `${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${text.slice(0, 300)}`;
  });
  return [heading, ...lines].join('\n');
}
