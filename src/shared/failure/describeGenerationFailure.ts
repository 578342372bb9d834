import type { Translate } from '../kit/translate';
import { billingPage } from './billingPage';
import type { Failure, FailureKind } from './failure';
import type { FailureDescription } from './failureDescription';

/** Kinds of failures that only pictures, video and music have. */
type GenerationFailureKind = Extract<
  FailureKind,
  'no-media' | 'maybe-billed' | 'task-failed' | 'task-lost' | 'task-timeout' | 'endpoint-missing'
>;

/** Describes a failure of pictures, video or music in the user's language. No action sends a billed request by itself. */
export function describeGenerationFailure(
  failure: Failure,
  kind: GenerationFailureKind,
  { gateway, model }: { readonly gateway: string; readonly model: string },
  t: Translate,
): FailureDescription {
  switch (kind) {
    case 'no-media':
      return {
        sentence: t('{0} reported success but sent no result. The request may have been billed.', gateway),
        action: 'retry',
        secondary: 'select-model',
      };
    case 'maybe-billed': {
      const sentence = t(
        'The request was sent, but no complete answer from {0} arrived. It may have been billed, so Parley does not send it again by itself.',
        gateway,
      );
      return billingPage(failure) === undefined
        ? { sentence, action: 'retry', secondary: 'show-log' }
        : { sentence, action: 'open-billing-page', secondary: 'retry' };
    }
    case 'task-failed':
      return {
        sentence: t('{0} could not finish the task.', gateway),
        action: 'retry',
        secondary: 'select-model',
      };
    case 'task-lost':
      return {
        sentence: t('{0} no longer knows this task. It may have been billed.', gateway),
        action: 'check-again',
        secondary: 'retry',
      };
    case 'task-timeout':
      return {
        sentence: t(
          'The task did not finish within {0} minutes. The gateway may still be working on it.',
          Math.round((failure.seconds ?? 0) / 60),
        ),
        action: 'check-again',
        secondary: 'show-log',
      };
    case 'endpoint-missing':
      return {
        sentence: t('{0} does not offer the endpoint that {1} needs.', gateway, model),
        action: 'select-model',
        secondary: 'manage-gateways',
      };
  }
}
