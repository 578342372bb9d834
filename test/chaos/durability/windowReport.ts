import type { ActKind, WindowLine } from './windowTask';

/** One act of a window and its result. */
export interface Act {
  readonly kind: ActKind;
  readonly id: string;
  readonly atoms: readonly string[];
  outcome: 'open' | 'acknowledged' | 'refused';
}

/** Everything that a window has reported. */
export interface WindowReport {
  readonly acts: readonly Act[];
  readonly complaints: readonly string[];
  /** The file operation at which the process killed itself; undefined if it did not. */
  readonly diedAt: string | undefined;
  /** True if the process ended normally. */
  readonly isDone: boolean;
}

/** Collects the reports of a window. */
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
