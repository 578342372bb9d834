import * as v from 'valibot';
import { exactObject } from '../kit/exactObject';

/** A conversation's or a message's. */
const id = v.pipe(v.string(), v.maxLength(100));
/** JSON has no infinity: a state that held one could not be read again, and its drafts would be lost. */
const finite = v.pipe(v.number(), v.finite());

const anchorSchema = exactObject({
  /** The first message in sight. */
  id,
  /** How far its top stands from the top of the transcript, in CSS pixels; negative when above. */
  offset: finite,
});

/** Where a transcript was scrolled to; null stands for its end. */
export type ScrollAnchor = v.InferOutput<typeof anchorSchema>;

/** What the view remembers of one conversation. */
const rememberedConversationSchema = exactObject({
  key: id,
  /** No longer than a prompt may be. */
  draft: v.pipe(v.string(), v.maxLength(4_000_000)),
  anchor: v.nullable(anchorSchema),
});

export type RememberedConversation = v.InferOutput<typeof rememberedConversationSchema>;

/**
 * What the view itself remembers: drafts and scroll positions. It is kept twice: in `setState`, which is
 * there at once but is written to disk only now and then, and in a file of the host's, which also
 * outlives a VS Code that was killed. The later one counts.
 */
export const viewStateSchema = exactObject({
  /** When it was changed last, in milliseconds since the epoch. */
  changedAt: finite,
  views: v.pipe(v.array(rememberedConversationSchema), v.maxLength(50)),
});

export type ViewState = v.InferOutput<typeof viewStateSchema>;

/** The later of two remembered states, whatever is wrong with either; an empty one when there is none. */
export function laterViewState(left: unknown, right: unknown): ViewState {
  const states = [left, right].flatMap((value) => {
    const parsed = v.safeParse(viewStateSchema, value);
    return parsed.success ? [parsed.output] : [];
  });
  return states.toSorted((one, other) => other.changedAt - one.changedAt)[0] ?? { changedAt: 0, views: [] };
}
