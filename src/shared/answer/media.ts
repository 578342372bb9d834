import * as v from 'valibot';

/** A picture, a sound or a video that a model returned as (part of) its answer. */
export const mediaSchema = v.object({
  kind: v.picklist(['image', 'audio', 'video']),
  /** `data:` when it came with the answer, else where it is to be fetched: `https:` or `http:`. */
  url: v.string(),
  mimeType: v.exactOptional(v.string()),
  /** What the gateway calls it, or its alternative text. */
  name: v.exactOptional(v.string()),
});

export type Media = v.InferOutput<typeof mediaSchema>;
