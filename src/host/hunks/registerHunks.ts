import type { Log } from '../../core/ports/log';
import type { DisposableStore } from '../../shared/kit/disposable';
import type { CommandTable } from '../contributions/commandIds';
import { lazily } from '../../shared/kit/lazyPart';
import type { HunkReviews } from './hunkReviews';

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
  >;
  /** Loads the reviews, of which a window has one. */
  readonly reviews: () => Promise<HunkReviews>;
}

/** Prepares the review of proposed changes, which is a bundle of its own and loads on first use. */
export function registerHunks(subscriptions: DisposableStore, log: Log): HunkFeature {
  const reviews = lazily(async () => {
    const { HunkReviews: Reviews } = await import('./hunkReviews');
    return subscriptions.add(new Reviews(log));
  });
  const run = (name: Exclude<keyof HunkReviews, 'propose' | 'proposeFile' | 'dispose'>) => async () => {
    await (await reviews())[name]();
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
    },
    reviews,
  };
}
