/** What a host is to be told. */
export interface HostTask {
  readonly folder: string;
  readonly baseUrl: string;
  /** Sent before all others, one after the other. */
  readonly first?: readonly unknown[];
  /** Messages that are refused, all at once. */
  readonly refused: number;
  /** Messages one after the other, most of them good. */
  readonly accepted: number;
  readonly seed: number;
  readonly saysYes: boolean;
  /** How often each command of the page's context menus is called. */
  readonly clicks: number;
  /** Messages reach the handlers without any guard: for the test of the test. */
  readonly withoutGuard: boolean;
}

/** What came of it. */
export interface HostReport {
  readonly refused: number;
  readonly accepted: number;
  /** How many effects were seen, by kind. */
  readonly effects: Readonly<Record<string, number>>;
  /** Types of messages, each with the kinds of effects that it had. */
  readonly byType: Readonly<Record<string, readonly string[]>>;
  /** How many effects the accepted messages had. */
  readonly reached: number;
  /** Effects that should not have been: the first few, and how many. */
  readonly unguarded: readonly string[];
  readonly unguardedCount: number;
  /** Messages whose handling never ended. */
  readonly hanging: readonly string[];
  /** What handlers threw, each once. */
  readonly failures: readonly string[];
}
