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
  /** When the draft last changed, in milliseconds since the epoch; absent if it never did. */
  at: v.exactOptional(finite),
});

/** What the view remembers about one conversation. */
export type RememberedConversation = v.InferOutput<typeof rememberedConversationSchema>;

/** The most conversations that a view remembers. */
export const mostViews = 50;

/** What a view remembers about its conversations. The one that changed last is the last. */
export const rememberedConversationsSchema = v.pipe(
  v.array(rememberedConversationSchema),
  v.maxLength(mostViews),
);

/**
 * What a view remembers: drafts and scroll positions. It is stored twice: with `setState`, which the view can read at once but
 * VS Code writes to disk only now and then; and in a file of the host, which survives a crash of VS Code. The file has what all
 * views of the window remember.
 */
export const viewStateSchema = exactObject({
  /** Time of the last change, in milliseconds since the epoch. */
  changedAt: finite,
  views: rememberedConversationsSchema,
});

/** What the view remembers. */
export type ViewState = v.InferOutput<typeof viewStateSchema>;

const nothing: ViewState = { changedAt: 0, views: [] };

/** A stored state; an empty one if it is not valid. */
export function readViewState(value: unknown): ViewState {
  const parsed = v.safeParse(viewStateSchema, value);
  return parsed.success ? parsed.output : nothing;
}

/** Merges the two stored states of a view when its page starts. The later one counts, but for drafts that are newer in the other one. */
export function startingViewState(left: unknown, right: unknown): ViewState {
  const [later = nothing, earlier = nothing] = [readViewState(left), readViewState(right)].toSorted(
    (one, other) => other.changedAt - one.changedAt,
  );
  // A draft without a time is from a version that removed empty drafts: where the later state lacks it, the user emptied it.
  return mergeViewStates(later, { ...earlier, views: earlier.views.filter(({ at }) => at !== undefined) });
}

/**
 * Merges what two views remember. Of each conversation's drafts, the one that changed last counts. The scroll positions are those
 * of `own`; those of conversations that `own` does not know are the other's.
 */
export function mergeViewStates(own: ViewState, other: ViewState): ViewState {
  const views = new Map(other.views.map((view) => [view.key, view]));
  for (const view of own.views) {
    const known = views.get(view.key);
    views.delete(view.key);
    views.set(
      view.key,
      known !== undefined && isNewer(known, view)
        ? { ...view, draft: known.draft, ...(known.at !== undefined && { at: known.at }) }
        : view,
    );
  }
  return {
    changedAt: Math.max(own.changedAt, other.changedAt),
    views: [...views.values()].slice(-mostViews),
  };
}

/** True if the first draft changed later than the second. */
export function isNewer(
  { at = 0 }: Pick<RememberedConversation, 'at'>,
  other: Pick<RememberedConversation, 'at'>,
): boolean {
  return at > (other.at ?? 0);
}
