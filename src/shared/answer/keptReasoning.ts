import * as v from 'valibot';

/** Where an item of reasoning was among the other content of its answer. */
const place = {
  /** True if text came before it. */
  afterText: v.boolean(),
  /** How many tool calls came before it. */
  afterCalls: v.pipe(v.number(), v.integer(), v.minValue(0)),
};

/** An item of reasoning exactly as an endpoint sent it, because the endpoint checks it when it gets it back. */
const itemSchema = v.variant('type', [
  /** Anthropic's Messages: reasoning with its signature. */
  v.object({ ...place, type: v.literal('thinking'), thinking: v.string(), signature: v.string() }),
  /** Anthropic's Messages: reasoning that only the endpoint can read. */
  v.object({ ...place, type: v.literal('redacted_thinking'), data: v.string() }),
  /** OpenAI's Responses: the encrypted reasoning and its summary, in parts. */
  v.object({
    ...place,
    type: v.literal('reasoning'),
    id: v.string(),
    summary: v.array(v.string()),
    encrypted: v.string(),
  }),
  /**
   * Chat Completions: the fields of a tool call with a signature of the model's reasoning, such as Gemini's `extra_content`.
   * `afterCalls` is the index of the call. `inFunction`: the fields of its `function`.
   */
  v.object({
    ...place,
    type: v.literal('call_signature'),
    fields: v.record(v.string(), v.unknown()),
    inFunction: v.record(v.string(), v.unknown()),
  }),
  /** Chat Completions: the field `reasoning_details` of OpenRouter and MiniMax. */
  v.object({
    ...place,
    type: v.literal('reasoning_details'),
    details: v.array(v.record(v.string(), v.unknown())),
  }),
]);

/**
 * The reasoning of an answer that calls a tool. The model continues it after the result, so the endpoint demands it back. It holds
 * all items of the answer or does not exist: an endpoint refuses a part of them.
 */
export const keptReasoningSchema = v.pipe(v.array(itemSchema), v.minLength(1), v.maxLength(200));

export type ReasoningItem = v.InferOutput<typeof itemSchema>;
export type KeptReasoning = readonly ReasoningItem[];
