import type { AnswerPlace } from './generationClient';

/** The right of this window to ask about a task. Several windows may use the same library. */
export interface TaskClaim {
  /** False if another window took the claim, because this one did not respond for some time. Never rejects. */
  isHeld(): Promise<boolean>;
  /** Forgets the task: it is not continued after a restart. */
  release(): Promise<void>;
}

/** A task without an end. */
export interface OpenTask {
  readonly place: AnswerPlace;
  /** Milliseconds since the epoch. */
  readonly submittedAt: number;
  /** True if a window asks about it, this one or another. */
  readonly isClaimed: boolean;
}

/** The tasks without an end, in all conversations of a library, and the windows that ask about them. */
export interface TaskClaims {
  /**
   * Claims a task, and records it if it is new. Undefined if another window has claimed it. Rejects with an error of the file system.
   *
   * @param submittedAt Milliseconds since the epoch.
   */
  claim(place: AnswerPlace, submittedAt: number): Promise<TaskClaim | undefined>;
  /** All tasks, the newest first. Rejects with an error of the file system. */
  list(): Promise<readonly OpenTask[]>;
}
