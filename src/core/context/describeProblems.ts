/** A problem that VS Code shows. */
export interface Problem {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  /** Who found it, such as "ts"; empty when not said. */
  readonly source: string;
  /** "2322", "no-unused-vars"; empty when not said. */
  readonly code: string;
  /** The lines of code around it, the first one's number with them; undefined when they could not be read. */
  readonly around: { readonly firstLine: number; readonly lines: readonly string[] } | undefined;
}

/** How much goes along, in characters. */
const budget = 30_000;
const severities = ['error', 'warning', 'information', 'hint'] as const;

/** Problems as people read them in a terminal: the place and the message, then the code; the worst first. */
export function describeProblems(problems: readonly Problem[]): { text: string; truncated: boolean } {
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
  return { text: described.join('\n\n'), truncated: described.length < problems.length };
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
