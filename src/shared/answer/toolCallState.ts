import * as v from 'valibot';

/** The outcome of a tool call that is over; see `ToolCallState`. */
export const toolOutcomeSchema = v.picklist(['done', 'failed', 'denied', 'cancelled']);

/** The outcome of a tool call. */
export type ToolOutcome = v.InferOutput<typeof toolOutcomeSchema>;

/** The states that a call can have after it is completely written. */
export const toolCallProgressSchema = v.picklist([
  'waiting-for-approval',
  'running',
  ...toolOutcomeSchema.options,
]);

/**
 * The state of a tool call. The model writes it (`writing`) until it is complete or truncated (`written`). Then it may wait for the
 * user's approval, and runs. At the end it is done, has failed, was denied by the user, or was stopped (`cancelled`).
 */
export type ToolCallState = 'writing' | 'written' | v.InferOutput<typeof toolCallProgressSchema>;

/** True for a call that waits for approval or runs. */
export function isUnderWay(state: ToolCallState): boolean {
  return state === 'waiting-for-approval' || state === 'running';
}

/** True for a call that is over. Its state does not change again. */
export function isOver(state: ToolCallState): boolean {
  return state !== 'writing' && state !== 'written' && !isUnderWay(state);
}
