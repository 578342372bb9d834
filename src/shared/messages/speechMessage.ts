import * as v from 'valibot';

/** Number of a reading. Replies repeat it, so that the view can ignore those to an older reading. */
const request = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Index of a part of the spoken text, from 0. */
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Formats of sound whose support differs between builds of VS Code. */
export const playableFormats = ['mp3', 'wav'] as const;

/** View → host: the fields of the messages about reading aloud. */
export const readAloudEntries = {
  request,
  /** The answer to be read. */
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  /** The formats that this view can play. */
  plays: v.pipe(v.array(v.picklist(playableFormats)), v.maxLength(playableFormats.length)),
  /** Ask for the voice, even if one is remembered. */
  choose: v.exactOptional(v.boolean()),
};

/** View → host: identifies a part of a reading. */
export const speechPartEntries = { request, index };

/** View → host: identifies a reading. */
export const readingEntries = { request };

const details = v.pipe(v.string(), v.maxLength(10_000));

/** Host → view: what becomes of a reading. */
export const speechSchema = v.variant('kind', [
  /** The voice is chosen and the text is split. */
  v.object({ kind: v.literal('begun'), request, parts: index, voice: v.string() }),
  /** The user has chosen no voice. */
  v.object({ kind: v.literal('declined'), request }),
  /** A part, as a `data:` URL. */
  v.object({
    kind: v.literal('loaded'),
    request,
    index,
    url: v.pipe(v.string(), v.startsWith('data:audio/')),
  }),
  /** A part could not be made, in the user's language. `action`: what the view offers. */
  v.object({
    kind: v.literal('failed'),
    request,
    index,
    sentence: v.string(),
    details,
    action: v.nullable(v.picklist(['retry', 'voice'])),
  }),
]);

/** A message of the host about a reading. */
export type SpeechMessage = v.InferOutput<typeof speechSchema>;
