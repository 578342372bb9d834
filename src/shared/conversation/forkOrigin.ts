import * as v from 'valibot';

/** Where a fork comes from. Written once, when the conversation is created. */
export const forkOriginSchema = v.object({
  /** The id of the original conversation. */
  conversation: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  /** The title of the original at that time. */
  title: v.string(),
  /** The last copied answer. */
  message: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
});

/** Where a fork comes from. */
export type ForkOrigin = v.InferOutput<typeof forkOriginSchema>;
