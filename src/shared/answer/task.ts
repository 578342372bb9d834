import * as v from 'valibot';
import { generatedKinds, type TaskAction } from './generation';
import type { Media } from './media';

/** Work that a gateway accepted and does later. With it, the result can be asked for again after a restart. */
export const taskSchema = v.object({
  /** The gateway's id, as text: some have more digits than a number can hold. */
  taskId: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  kind: v.picklist(generatedKinds),
  /** The protocol that reads the gateway's replies about it, such as `apimart` or `midjourney`. */
  form: v.pipe(v.string(), v.minLength(1), v.maxLength(50)),
  /** The path at the gateway's origin that tells its state. */
  path: v.pipe(v.string(), v.startsWith('/'), v.maxLength(2_000)),
  /** Milliseconds since the epoch. */
  submittedAt: v.number(),
});

/** Work that a gateway accepted and does later. */
export type Task = v.InferOutput<typeof taskSchema>;

/** `needs-input`: the gateway waits for a choice of the user. */
export const taskStates = ['waiting', 'running', 'needs-input'] as const;

/** The state of a task that is not over. */
export type TaskState = (typeof taskStates)[number];

/** How an answer's pictures, video or music come into being. */
export interface GenerationProgress {
  /** Null when the gateway answers at once, and before it has accepted the work. */
  task: Task | null;
  /** Null before the gateway told it. */
  state: TaskState | null;
  /** 0 to 100; null while unknown. Never goes back. */
  percent: number | null;
  /** An unfinished picture, which the next one replaces; null when there is none. */
  preview: Media | null;
  /** The buttons of the finished task. */
  actions: readonly TaskAction[];
}
