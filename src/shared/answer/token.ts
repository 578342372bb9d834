import * as v from 'valibot';

/** One token of an answer with its natural log probability and its alternatives. */
export const tokenSchema = v.object({
  text: v.string(),
  logprob: v.number(),
  /** The most probable first. May include the token itself. */
  alternatives: v.array(v.object({ text: v.string(), logprob: v.number() })),
});

/** One token of an answer. */
export type Token = v.InferOutput<typeof tokenSchema>;
