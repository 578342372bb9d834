import type { FailureAction } from './failureAction';

/** What happened, and what the user can do. */
export interface FailureDescription {
  /** Contains no URL: the details have it. A host is named only if it is not the gateway's. */
  readonly sentence: string;
  /** What helps most often. */
  readonly action: FailureAction;
  /** What helps otherwise. */
  readonly secondary?: FailureAction;
}
