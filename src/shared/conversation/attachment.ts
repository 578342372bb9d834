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
  /** For opening it again; '' for a piece of an imported conversation, which is looked for at `path` in the workspace. */
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

/** Text that is no piece of one file: a long paste, a folder, VS Code's problems, git's changes, a terminal's output. */
export const textAttachmentSchema = v.object({
  kind: v.literal('text'),
  id: v.string(),
  scope: v.picklist(['paste', 'folder', 'problems', 'changes', 'terminal']),
  /** What the chip shows: "src/", "Problems in a.ts", "Pasted text". In the user's language. */
  name: v.string(),
  /** Language of the fence that the text stands in when it is sent; '' for Markdown that stands as it is. */
  languageId: v.string(),
  text: v.string(),
  /** True when the text was longer than the limit and its end was cut. */
  truncated: v.boolean(),
});

export type TextAttachment = v.InferOutput<typeof textAttachmentSchema>;

/** Context that goes with a prompt; a union by `kind`, so that others can join. */
export const attachmentSchema = v.variant('kind', [
  codeAttachmentSchema,
  imageAttachmentSchema,
  textAttachmentSchema,
]);

export type Attachment = v.InferOutput<typeof attachmentSchema>;
