import type { Failure } from '../shared/failure';
import type { ModelReference } from '../shared/modelReference';
import type { Gateway } from './gateway';
import type { Timeouts } from './ports';

/** Where a question goes and with what, as the settings say at the moment of asking. */
export interface Target {
  readonly model: ModelReference;
  /** What people see as the model's name. */
  readonly modelName: string;
  readonly instructions: string;
  /** What the request needs, or why there can be none: the answer then fails with it and nothing is sent. */
  readonly route:
    | {
        readonly gateway: Gateway;
        readonly parameters: Readonly<Record<string, unknown>>;
        readonly timeouts: Timeouts;
      }
    | { readonly failure: Failure };
}
