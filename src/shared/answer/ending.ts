import * as v from 'valibot';
import { failureSchema } from '../failure/failure';

/**
 * How an answer ended. Every request ends in exactly one of these, and the text that came stays,
 * whatever the end.
 */
export const endingSchema = v.variant('outcome', [
  v.object({
    outcome: v.literal('completed'),
    /** The gateway's `finish_reason` as sent; null when it ended properly without one. */
    finishReason: v.nullable(v.string()),
  }),
  /** Text came, but the end did not, or the model hit its length limit mid-sentence. */
  v.object({ outcome: v.literal('truncated'), failure: failureSchema }),
  /** Nothing useful came. */
  v.object({ outcome: v.literal('failed'), failure: failureSchema }),
  /** The user stopped it. */
  v.object({ outcome: v.literal('cancelled') }),
]);

export type Ending = v.InferOutput<typeof endingSchema>;
