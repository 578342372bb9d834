import type { ActKind, WindowLine } from './windowTask';

/** One act of a window, and what became of it. */
export interface Act {
  readonly kind: ActKind;
  readonly id: string;
  readonly atoms: readonly string[];
  outcome: 'open' | 'acknowledged' | 'refused';
}

/** What a window has told in its life. */
export interface WindowReport {
  readonly acts: readonly Act[];
  readonly complaints: readonly string[];
  /** The file operation at which it killed itself; undefined when it did not. */
  readonly diedAt: string | undefined;
  /** Whether it came to its own end. */
  readonly isDone: boolean;
}

/** Puts together what a window has told. */
export function reportOf(lines: readonly WindowLine[]): WindowReport {
  const acts = new Map<number, Act>();
  const complaints: string[] = [];
  let diedAt: string | undefined;
  let isDone = false;
  const settle = (act: number, outcome: Act['outcome']): void => {
    const known = acts.get(act);
    if (known === undefined) complaints.push(`Act ${act} ended and never began.`);
    else known.outcome = outcome;
  };
  for (const line of lines) {
    switch (line.says) {
      case 'ready':
        break;
      case 'begins':
        acts.set(line.act, { kind: line.kind, id: line.id, atoms: line.atoms, outcome: 'open' });
        break;
      case 'acknowledged':
      case 'refused':
        settle(line.act, line.says);
        break;
      case 'dies':
        diedAt = line.operation;
        break;
      case 'complains':
        complaints.push(line.message);
        break;
      case 'done':
        isDone = true;
        break;
    }
  }
  return { acts: [...acts.values()], complaints, diedAt, isDone };
}
