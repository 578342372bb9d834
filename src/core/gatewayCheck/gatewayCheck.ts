import type { EndpointName, EndpointState } from './endpointProbes';

/** The steps of a check, in the order of the report. */
export const checkNames = [
  'address',
  'name-resolution',
  'connection',
  'key',
  'models',
  'answer',
  'first-token',
  'usage',
  'tools',
  'vision',
  'choices',
  'log-probabilities',
] as const;

/** The name of a step. */
export type CheckName = (typeof checkNames)[number];

/** `unsupported`: the gateway works without this feature. `not-tried`: an earlier step failed, or the user stopped the check. */
export type Verdict = 'passed' | 'failed' | 'unsupported' | 'not-tried';

/** The result of one step, in the user's language. */
export interface Finding {
  readonly name: CheckName;
  readonly verdict: Verdict;
  /** One or two sentences. */
  readonly found: string;
  /** How to solve the problem. */
  readonly advice?: string;
  /** The gateway's own words, URL, status and request id; redacted, one per line. */
  readonly details?: readonly string[];
}

/** The kinds of work that a check can try. Each costs money, so the user chooses them. */
export const workNames = ['effort', 'completions', 'embeddings', 'speech', 'picture'] as const;

/** One of these kinds. */
export type WorkName = (typeof workNames)[number];

/** The result of one kind of work, in the user's language. */
export interface WorkFinding extends Omit<Finding, 'name'> {
  readonly name: WorkName;
  /** The model that did the work; undefined if the gateway has none for it. */
  readonly modelId: string | undefined;
}

/** An endpoint of a gateway. */
export interface EndpointFinding {
  readonly name: EndpointName | 'balance';
  readonly state: EndpointState;
  /** The status of the reply; undefined if there was none. */
  readonly status: number | undefined;
}

/** The results beside those of the chat. */
export interface FurtherCheck {
  /** Empty if no endpoint was checked. */
  readonly endpoints: readonly EndpointFinding[];
  readonly work: readonly WorkFinding[];
}

/** The result of a check. Contains no key and none of the user's prompts. */
export interface GatewayCheck {
  readonly gatewayName: string;
  readonly baseUrl: string;
  /** The model that was asked; undefined when there is no model. */
  readonly modelId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** One for each of `checkNames`, in that order. */
  readonly findings: readonly Finding[];
  /** True when the user stopped the check. */
  readonly cancelled: boolean;
  /** The endpoints and kinds of work that were checked; absent if there were none. */
  readonly further?: FurtherCheck;
}
