import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import type { CalibrationMemory } from '../../core/prompt/tokenCounter';

const memoryKey = 'tokenFactors';

/** Stores, across windows, the factor between each gateway's token counts and Parley's estimate, by model. */
export class StoredCalibration implements CalibrationMemory {
  private factors: Map<string, number> | undefined;

  constructor(
    private readonly memory: vscode.Memento,
    private readonly log: Log,
  ) {}

  get(model: string): number | undefined {
    return this.all().get(model);
  }

  set(model: string, factor: number): void {
    this.all().set(model, factor);
    this.memory.update(memoryKey, Object.fromEntries(this.all())).then(undefined, (error: unknown) => {
      this.log.warn(`Couldn't store the token factors of the models: ${String(error)}`);
    });
  }

  private all(): Map<string, number> {
    if (this.factors === undefined) {
      const stored = v.safeParse(v.record(v.string(), v.number()), this.memory.get(memoryKey));
      this.factors = new Map(stored.success ? Object.entries(stored.output) : []);
    }
    return this.factors;
  }
}
