import type { Task } from '../../../../shared/answer/task';
import type { TaskAction } from '../../../../shared/answer/generation';
import type { ReplyError } from '../../../failures/describeError';
import type { FoundMedia } from '../media/foundMedia';
import type { TaskStatus } from './taskStatus';

/** What a reply says about a task. */
export interface TaskReport {
  readonly status: TaskStatus;
  /** 0 to 100; null if unknown. */
  readonly percent: number | null;
  /** The results, once there are any. */
  readonly media: readonly FoundMedia[];
  /** Why the task failed; '' if it does not say. */
  readonly reason: string;
  /** The codes of the error, such as `content_policy_violation`. */
  readonly codes?: readonly string[];
  /** A link to an unfinished picture. */
  readonly preview?: string;
  /** A result that is text. */
  readonly text?: string;
  readonly actions?: readonly TaskAction[];
}

/** A reply to a question about a task. */
export type TaskReading =
  | { readonly kind: 'report'; readonly report: TaskReport }
  /** The gateway does not know the task. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'error'; readonly error: ReplyError };

/** A protocol for tasks. */
export interface TaskForm {
  /** Reads the body of a reply. */
  readonly read: (text: string) => TaskReading;
  /** Where the result is if no reply links to it: a path at the gateway's origin. */
  readonly contentPath?: (task: Task) => string | undefined;
  /** True if a gateway of this form may take the key in `mj-api-secret`. */
  readonly mayUseSecretHeader?: boolean;
}
