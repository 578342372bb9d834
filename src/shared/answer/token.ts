import * as v from 'valibot';

/** One token of an answer with its natural log probability and what the model might have said instead. */
export const tokenSchema = v.object({
  text: v.string(),
  logprob: v.number(),
  /** Most probable first; the token itself may be among them. */
  alternatives: v.array(v.object({ text: v.string(), logprob: v.number() })),
});

export type Token = v.InferOutput<typeof tokenSchema>;
