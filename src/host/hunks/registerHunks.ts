import type { CommandTable } from '../contributions/commandIds';
import type { House } from '../contributions/house';
import { LazyPart } from '../../shared/kit/lazyPart';
import type { HunkReviews } from './hunkReviews';

/** The methods that commands call. */
type Command =
  | 'accept'
  | 'discard'
  | 'acceptAll'
  | 'discardAll'
  | 'acceptHunk'
  | 'rejectHunk'
  | 'nextHunk'
  | 'previousHunk'
  | 'reviewAll'
  | 'listFiles';

/** Reviewing proposed changes. */
interface HunkFeature {
  readonly commands: Pick<
    CommandTable,
    | 'parley.acceptChange'
    | 'parley.discardChange'
    | 'parley.acceptAll'
    | 'parley.rejectAll'
    | 'parley.acceptHunk'
    | 'parley.rejectHunk'
    | 'parley.nextHunk'
    | 'parley.previousHunk'
    | 'parley.reviewAll'
    | 'parley.listProposedFiles'
  >;
  /** Loads the reviews. A window has one such object. */
  readonly reviews: () => Promise<HunkReviews>;
  /** Makes the texts of an earlier window's diffs available. */
  readonly restore: () => Promise<void>;
  /** Writes what has not been written yet. */
  readonly flush: () => Promise<void>;
}

/**
 * Prepares the review of proposed changes, which is a bundle of its own and loads on first use, or with the window if an earlier one
 * left reviews.
 *
 * @param folder Where pending reviews are kept.
 */
export function registerHunks({ subscriptions, log, workspaceState }: House, folder: string): HunkFeature {
  const part = new LazyPart(async () => {
    const { HunkReviews: Reviews } = await import('./hunkReviews');
    const reviews = subscriptions.add(new Reviews(log, workspaceState, folder));
    await reviews.loadTexts();
    return reviews;
  });
  const reviews = async (): Promise<HunkReviews> => {
    const loaded = await part.get();
    await loaded.restored;
    return loaded;
  };
  const run =
    (name: Command) =>
    async (...parameters: readonly unknown[]) => {
      await (await reviews())[name](...parameters);
    };
  return {
    commands: {
      'parley.acceptChange': run('accept'),
      'parley.discardChange': run('discard'),
      'parley.acceptAll': run('acceptAll'),
      'parley.rejectAll': run('discardAll'),
      'parley.acceptHunk': run('acceptHunk'),
      'parley.rejectHunk': run('rejectHunk'),
      'parley.nextHunk': run('nextHunk'),
      'parley.previousHunk': run('previousHunk'),
      'parley.reviewAll': run('reviewAll'),
      'parley.listProposedFiles': run('listFiles'),
    },
    reviews,
    restore: async () => {
      await part.get();
    },
    flush: async () => (await part.started)?.flush(),
  };
}
