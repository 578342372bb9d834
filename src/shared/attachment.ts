import * as v from 'valibot';

/** A piece of code that goes with a prompt. The text is a copy: later edits do not change it. */
export const codeAttachmentSchema = v.object({
  kind: v.literal('code'),
  id: v.string(),
  /** How the piece was chosen; shown in the chip. */
  scope: v.picklist(['selection', 'symbol', 'file']),
  /** File name, or the symbol's name. */
  name: v.string(),
  /** Path relative to the workspace folder, with forward slashes; absolute outside of it. */
  path: v.string(),
  /** For opening it again. */
  uri: v.string(),
  /** VS Code's language id. */
  languageId: v.string(),
  /** Lines, counted from 1, both included. */
  startLine: v.number(),
  endLine: v.number(),
  text: v.string(),
  /** True when the piece was longer than the limit and its end was cut. */
  truncated: v.boolean(),
});

export type CodeAttachment = v.InferOutput<typeof codeAttachmentSchema>;

/** A picture for models that can see. */
export const imageAttachmentSchema = v.object({
  kind: v.literal('image'),
  id: v.string(),
  /** File name, or the last part of the URL. */
  name: v.string(),
  /** `data:image/…;base64,…`, or an `https:` or `http:` URL that the gateway itself fetches. */
  url: v.string(),
});

export type ImageAttachment = v.InferOutput<typeof imageAttachmentSchema>;

/** Context that goes with a prompt; a union by `kind`, so that images and others can join. */
export const attachmentSchema = v.variant('kind', [codeAttachmentSchema, imageAttachmentSchema]);

export type Attachment = v.InferOutput<typeof attachmentSchema>;
