import * as v from 'valibot';
import { exactObject } from '../kit/exactObject';

/** Longest prompt, in UTF-16 units. A person does not type more than a few megabytes. */
export const longestPrompt = 4_000_000;

/** Id of a conversation or a message. */
const id = v.pipe(v.string(), v.maxLength(100));
/** JSON cannot represent infinity: a state with it could not be read again, and its drafts would be lost. */
const finite = v.pipe(v.number(), v.finite());

const anchorSchema = exactObject({
  /** The first visible message. */
  id,
  /** Distance from the top of the transcript to the top of the message, in CSS pixels; negative when the message begins above. */
  offset: finite,
});

/** The scroll position of a transcript. Where it may be null, null means the end. */
export type ScrollAnchor = v.InferOutput<typeof anchorSchema>;

const rememberedConversationSchema = exactObject({
  /** Id of the conversation; of a prompt for the text in its editor. */
  key: id,
  /** The text in the composer or in the editor. */
  draft: v.pipe(v.string(), v.maxLength(longestPrompt)),
  anchor: v.nullable(anchorSchema),
});

/** What the view remembers about one conversation. */
export type RememberedConversation = v.InferOutput<typeof rememberedConversationSchema>;

/**
 * What the view remembers: drafts and scroll positions. It is stored twice: with `setState`, which the view can read at once but
 * VS Code writes to disk only now and then; and in a file of the host, which survives a crash of VS Code. The later one counts.
 */
export const viewStateSchema = exactObject({
  /** Time of the last change, in milliseconds since the epoch. */
  changedAt: finite,
  views: v.pipe(v.array(rememberedConversationSchema), v.maxLength(50)),
});

/** What the view remembers. */
export type ViewState = v.InferOutput<typeof viewStateSchema>;

/** The later one of two stored states. Ignores an invalid state; returns an empty state when both are invalid. */
export function laterViewState(left: unknown, right: unknown): ViewState {
  const states = [left, right].flatMap((value) => {
    const parsed = v.safeParse(viewStateSchema, value);
    return parsed.success ? [parsed.output] : [];
  });
  return states.toSorted((one, other) => other.changedAt - one.changedAt)[0] ?? { changedAt: 0, views: [] };
}
