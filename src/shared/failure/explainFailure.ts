import type { Translate } from '../kit/translate';
import { describeFailure } from './describeFailure';
import { detailOf } from './detailOf';
import type { Failure } from './failure';
import { labelOfAction, type FailureAction } from './failureAction';

/** An action with the text of its button. */
interface FailureRemedy {
  readonly action: FailureAction;
  readonly label: string;
}

/** A failure in the user's language. */
interface FailureExplanation {
  readonly sentence: string;
  /** The words of the gateway or the system; undefined when there are none or the sentence already contains them. */
  readonly words: string | undefined;
  /** The words, URL, status and request id, one per line; may be empty. */
  readonly details: readonly string[];
  readonly action: FailureAction;
  readonly actionLabel: string;
  /** Another way out; undefined if only one action helps. */
  readonly secondary: FailureRemedy | undefined;
}

/** Explains a failure. The panel, notifications, checks and logs use the same text. */
export function explainFailure(failure: Failure, t: Translate): FailureExplanation {
  const { sentence, action, secondary } = describeFailure(failure, t);
  const words = saidInSentence.has(failure.kind) ? undefined : detailOf(failure, t);
  return {
    sentence: closeUp(sentence, t),
    words,
    details: [...(words === undefined ? [] : [words]), ...factsOf(failure, t)],
    action,
    actionLabel: labelOfAction(action, t),
    secondary:
      secondary === undefined ? undefined : { action: secondary, label: labelOfAction(secondary, t) },
  };
}

/**
 * Removes spaces around the words that replace a missing name. Chinese puts spaces around Latin names, but these words are
 * Chinese themselves.
 */
function closeUp(sentence: string, t: Translate): string {
  return [t('The gateway'), t('this model'), t('another host')]
    .filter((words) => /^\p{Script=Han}/u.test(words))
    .reduce((text, words) => {
      const parts = text.split(words);
      const last = parts.length - 1;
      return parts
        .map((part, place) => (place > 0 ? part.replace(/^ (?=\p{Script=Han})/u, '') : part))
        .map((part, place) => (place < last ? part.replace(/(?<=\p{Script=Han}) $/u, '') : part))
        .join(words);
    }, sentence);
}

/** The sentences of these kinds contain the detail. */
const saidInSentence: ReadonlySet<Failure['kind']> = new Set([
  'invalid-parameter',
  'invalid-header',
  'answer-stopped',
]);

function factsOf(failure: Failure, t: Translate): string[] {
  const facts: string[] = [];
  if (failure.status !== undefined && failure.url !== undefined) {
    facts.push(t('HTTP {0} from {1}', failure.status, failure.url));
  } else if (failure.url !== undefined) {
    facts.push(failure.url);
  }
  if (failure.requestId !== undefined) facts.push(t('Request ID: {0}', failure.requestId));
  return facts;
}
