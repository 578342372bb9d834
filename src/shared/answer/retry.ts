import * as v from 'valibot';
import { failureSchema } from '../failure/failure';

/** A request that failed before its first token is about to be sent again. */
export const retrySchema = v.object({
  /** Number of the attempt to come; the first retry is 2. */
  attempt: v.number(),
  /** When it will be sent, in milliseconds since the epoch. */
  until: v.number(),
  /** Why the attempt before failed. */
  failure: failureSchema,
});

export type Retry = v.InferOutput<typeof retrySchema>;
