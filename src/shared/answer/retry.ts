import * as v from 'valibot';
import { failureSchema } from '../failure/failure';

/** A planned retry of a request that failed before its first token. */
export const retrySchema = v.object({
  /** Number of the next attempt; the first retry is 2. */
  attempt: v.number(),
  /** When it will be sent, in milliseconds since the epoch. */
  until: v.number(),
  /** Why the last attempt failed. */
  failure: failureSchema,
});

/** A planned retry. */
export type Retry = v.InferOutput<typeof retrySchema>;
