import * as v from 'valibot';
import type { Log } from '../../core/ports/log';
import type { CalibrationMemory } from '../../core/prompt/tokenCounter';
import { StoredValue, type Memory } from '../memory/storedValue';

/** Stores, across windows, the factor between each gateway's token counts and Parley's estimate, by model. */
export class StoredCalibration implements CalibrationMemory {
  private readonly stored: StoredValue<Readonly<Record<string, number>>>;
  private factors: Map<string, number> | undefined;

  constructor(memory: Memory, log: Log) {
    this.stored = new StoredValue(memory, log, {
      key: 'tokenFactors',
      schema: v.record(v.string(), v.number()),
      fallback: {},
      name: 'the token factors of the models',
    });
  }

  get(model: string): number | undefined {
    return this.all().get(model);
  }

  set(model: string, factor: number): void {
    this.all().set(model, factor);
    this.stored.set(Object.fromEntries(this.all()));
  }

  private all(): Map<string, number> {
    this.factors ??= new Map(Object.entries(this.stored.get()));
    return this.factors;
  }
}
