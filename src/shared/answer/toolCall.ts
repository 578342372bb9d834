import * as v from 'valibot';

/** A model's wish to have a tool run, as assembled from its deltas. */
export const toolCallSchema = v.object({
  /** The gateway's id, or one of ours where it sent none. */
  id: v.string(),
  name: v.string(),
  /** JSON as the model wrote it. Cut or broken JSON never reaches this far as `complete`. */
  arguments: v.string(),
  /** False when the stream was cut or the arguments are no JSON object: the call must not run. */
  complete: v.boolean(),
});

export type ToolCall = v.InferOutput<typeof toolCallSchema>;
