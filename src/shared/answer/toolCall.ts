import * as v from 'valibot';

/** A call of a tool by a model, assembled from its deltas. */
export const toolCallSchema = v.object({
  /** The gateway's id, or Parley's if the gateway sent none. */
  id: v.string(),
  name: v.string(),
  /** JSON, as the model wrote it. May be invalid unless `complete` is true. */
  arguments: v.string(),
  /** False when the call was truncated or the arguments are not a JSON object. Such a call must not run. */
  complete: v.boolean(),
});

/** A call of a tool by a model. */
export type ToolCall = v.InferOutput<typeof toolCallSchema>;
