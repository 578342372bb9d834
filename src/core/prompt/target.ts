import type { Failure } from '../../shared/failure/failure';
import type { ModelReference } from '../../shared/conversation/modelReference';
import type { Gateway } from '../models/gateway';
import type { Timeouts } from '../ports/chatClient';

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
  /** Tokens of prompt and answer together, as well as they are known or can be guessed; null when they cannot. */
  readonly contextWindow: number | null;
  /**
   * A longer prompt is not sent, in tokens: what the user or the gateway itself says, never a guess; null for no limit.
   * Absent: `contextWindow`, unless it is only what is generally known of such models.
   */
  readonly promptLimit?: number | null;
  /** Tokens of the answer at most; null when nobody knows. */
  readonly maxOutput: number | null;
  /** Whether the model takes pictures; absent when that is not known. */
  readonly takesPictures?: boolean;
  /** What the request needs, or why there can be none: the answer then fails with it and nothing is sent. */
  readonly route: Route | { readonly failure: Failure };
}
