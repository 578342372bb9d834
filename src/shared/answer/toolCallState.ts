import * as v from 'valibot';

/** What became of a tool call that is over; see `ToolCallState`. */
export const toolOutcomeSchema = v.picklist(['done', 'failed', 'denied', 'cancelled']);

export type ToolOutcome = v.InferOutput<typeof toolOutcomeSchema>;

/** States that a call reaches after it is whole. */
export const toolCallProgressSchema = v.picklist([
  'waiting-for-approval',
  'running',
  ...toolOutcomeSchema.options,
]);

/**
 * How far a tool call has come. The model writes it (`writing`) until it is whole or cut (`written`); it may wait for the
 * user's approval and it runs; then it is done, has failed, was denied by the user, or was stopped (`cancelled`).
 */
export type ToolCallState = 'writing' | 'written' | v.InferOutput<typeof toolCallProgressSchema>;

/** True for a call that waits or runs: more is to come of the answer it belongs to. */
export function isUnderWay(state: ToolCallState): boolean {
  return state === 'waiting-for-approval' || state === 'running';
}

/** True for a call that is over. Nothing changes its state any more. */
export function isOver(state: ToolCallState): boolean {
  return state !== 'writing' && state !== 'written' && !isUnderWay(state);
}
