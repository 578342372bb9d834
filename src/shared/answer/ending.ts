import * as v from 'valibot';
import { failureSchema } from '../failure/failure';

/**
 * How an answer ended. Every request ends in exactly one of these ways. The text that has arrived always stays.
 */
export const endingSchema = v.variant('outcome', [
  v.object({
    outcome: v.literal('completed'),
    /** The gateway's `finish_reason`, unchanged; null when the stream was complete without one. */
    finishReason: v.nullable(v.string()),
  }),
  /** Text arrived, but the connection closed early, or the model reached a limit. */
  v.object({ outcome: v.literal('truncated'), failure: failureSchema }),
  /** Nothing useful arrived. */
  v.object({ outcome: v.literal('failed'), failure: failureSchema }),
  /** The user stopped it. */
  v.object({ outcome: v.literal('cancelled') }),
]);

/** How an answer ended. */
export type Ending = v.InferOutput<typeof endingSchema>;
