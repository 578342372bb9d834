import type { Failure } from '../shared/failure';
import type { ModelReference } from '../shared/modelReference';
import type { Gateway } from './gateway';
import type { Timeouts } from './ports';

/** What a request needs beside its messages. */
export interface Route {
  readonly gateway: Gateway;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly timeouts: Timeouts;
}

/** Where a question goes and with what, as the settings say at the moment of asking. */
export interface Target {
  readonly model: ModelReference;
  /** What people see as the model's name. */
  readonly modelName: string;
  readonly instructions: string;
  /** Tokens of prompt and answer together; null when nobody knows. */
  readonly contextWindow: number | null;
  /** Tokens of the answer at most; null when nobody knows. */
  readonly maxOutput: number | null;
  /** What the request needs, or why there can be none: the answer then fails with it and nothing is sent. */
  readonly route: Route | { readonly failure: Failure };
}
