import * as v from 'valibot';

/** Attached code. The text is a copy: later edits of the file do not change it. */
const codeAttachmentSchema = v.object({
  kind: v.literal('code'),
  id: v.string(),
  /** How the user chose the code; shown in the chip. */
  scope: v.picklist(['selection', 'symbol', 'file']),
  /** File name, or the symbol's name. */
  name: v.string(),
  /** Path relative to the workspace folder, with forward slashes; absolute outside of it. */
  path: v.string(),
  /** URI of the file; '' in an imported conversation: Parley then looks for `path` in the workspace. */
  uri: v.string(),
  /** VS Code's language id. */
  languageId: v.string(),
  /** First and last line, counted from 1. */
  startLine: v.number(),
  endLine: v.number(),
  /** How many lines the file has; absent in older journals and for code that is not a part of a file. */
  lineCount: v.exactOptional(v.number()),
  text: v.string(),
  /** True when the code was too long and its end was cut. */
  truncated: v.boolean(),
});

/** Attached code. */
export type CodeAttachment = v.InferOutput<typeof codeAttachmentSchema>;

/** An attached picture, for models that accept pictures. */
const imageAttachmentSchema = v.object({
  kind: v.literal('image'),
  id: v.string(),
  /** File name, or the last part of the URL. */
  name: v.string(),
  /** `data:image/…;base64,…`, or an `https:` or `http:` URL, which the gateway fetches. */
  url: v.string(),
  /** A `data:` URL of a PNG in the size of the picture: a picture model changes what is transparent in it. */
  mask: v.exactOptional(v.string()),
});

/** An attached picture. */
export type ImageAttachment = v.InferOutput<typeof imageAttachmentSchema>;

/** Attached text that is not from one file: a long paste, a folder, problems, changes of git, the output of a terminal. */
const textAttachmentSchema = v.object({
  kind: v.literal('text'),
  id: v.string(),
  scope: v.picklist(['paste', 'folder', 'problems', 'changes', 'terminal']),
  /** The name in the user's language: "src/", "Problems in a.ts", "Pasted text". */
  name: v.string(),
  /** How many files, problems or lines the text has, and how many there are; absent in older journals. */
  amount: v.exactOptional(v.object({ shown: v.number(), total: v.number() })),
  /** Language of the fence around the text in a request; '' for Markdown, which gets no fence. */
  languageId: v.string(),
  text: v.string(),
  /** True when the text was too long and its end was cut. */
  truncated: v.boolean(),
});

/** Attached text. */
export type TextAttachment = v.InferOutput<typeof textAttachmentSchema>;

/** An attachment of a prompt. */
export const attachmentSchema = v.variant('kind', [
  codeAttachmentSchema,
  imageAttachmentSchema,
  textAttachmentSchema,
]);

/** An attachment of a prompt. */
export type Attachment = v.InferOutput<typeof attachmentSchema>;
