import * as v from 'valibot';

/** What a part of a prompt is. */
export const sentPartKinds = [
  /** The user's instructions; `name` is empty for the setting `parley.instructions`. */
  'instructions',
  /** A file with instructions; `name` is its path. */
  'instruction-file',
  /** The system text of the chat. */
  'system-text',
  /** The summary of messages that were left out. */
  'summary',
  /** Prompts, answers and attachments before the current prompt, and the results of tools. */
  'earlier-prompts',
  'earlier-attachments',
  'earlier-answers',
  'tool-results',
  /** Pictures that models made in earlier answers. */
  'pictures',
  /** An attachment of the current prompt; `id` is its id. */
  'attachment',
  /** The text of the current prompt. */
  'text',
  /** Parley's request to continue a truncated answer. */
  'continuation',
  /** What the chat format adds for each message. */
  'format',
] as const;

/** What is left out of a prompt. */
export const omittedKinds = [
  /** The oldest messages, which were left out to make room. */
  'messages',
  /** Answers without content: failed, or stopped before any text. */
  'empty-answers',
  /** The reasoning of earlier answers. */
  'reasoning',
] as const;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const sentPartSchema = v.object({
  kind: v.picklist(sentPartKinds),
  /** Estimated tokens. */
  tokens: count,
  /** How many messages, attachments or pictures; absent for a single item. */
  count: v.exactOptional(count),
  /** Id of the attachment or of the instruction file. */
  id: v.exactOptional(v.string()),
  name: v.exactOptional(v.string()),
  /** True when the end of the text was cut to fit. */
  cut: v.exactOptional(v.boolean()),
});

/** A part of a prompt. */
export type SentPart = v.InferOutput<typeof sentPartSchema>;

/** The parts of one prompt with their estimated tokens, in the order in which they are sent. `format` is the last part. */
export const promptRecordSchema = v.object({
  /** The model's context window in tokens; null when unknown. */
  window: v.nullable(count),
  /** Tokens that are reserved for the answer. */
  reserved: count,
  parts: v.array(sentPartSchema),
  omitted: v.array(v.object({ kind: v.picklist(omittedKinds), count })),
});

/** What a prompt consists of. */
export type PromptRecord = v.InferOutput<typeof promptRecordSchema>;

/** Estimated tokens of the whole prompt. */
export function tokensOf({ parts }: Pick<PromptRecord, 'parts'>): number {
  return parts.reduce((sum, { tokens }) => sum + tokens, 0);
}
