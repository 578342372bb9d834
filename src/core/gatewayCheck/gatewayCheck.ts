/** What a check looks at, in the order in which people read it. */
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

export type CheckName = (typeof checkNames)[number];

/** `unsupported`: the gateway works, but cannot do this. `not-tried`: an earlier step failed, or the user stopped. */
export type Verdict = 'passed' | 'failed' | 'unsupported' | 'not-tried';

/** What one step found, in the user's language. */
export interface Finding {
  readonly name: CheckName;
  readonly verdict: Verdict;
  /** What was seen and what it means, in one sentence or two. */
  readonly found: string;
  /** How to mend it. */
  readonly advice?: string;
  /** The gateway's own words, URL, status and request id; redacted, one per line. */
  readonly details?: readonly string[];
}

/** A gateway's state of health. Holds no key and no prompt of the user's. */
export interface GatewayCheck {
  readonly gatewayName: string;
  readonly baseUrl: string;
  /** The model that was asked; undefined when none is known. */
  readonly modelId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** One for each of `checkNames`, in that order. */
  readonly findings: readonly Finding[];
  /** True when the user stopped the check. */
  readonly cancelled: boolean;
}
