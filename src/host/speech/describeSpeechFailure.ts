import { l10n } from 'vscode';
import { explainFailure } from '../../shared/failure/explainFailure';
import type { Failure } from '../../shared/failure/failure';

/** A failure to speak, for the page. */
interface SpeechFailure {
  readonly sentence: string;
  /** The gateway's words and the address, one per line. */
  readonly details: string;
  readonly action: 'retry' | 'voice';
}

/** Failures after which only another model or voice helps. */
const needsOtherVoice: ReadonlySet<Failure['kind']> = new Set([
  'bad-request',
  'not-found',
  'no-such-endpoint',
  'not-an-api',
  'unauthorized',
  'missing-key',
  'invalid-key',
  'invalid-url',
  'payment-required',
  'forbidden',
  'region-not-served',
  'malformed-reply',
]);

/** Explains why a text could not be spoken or a sound not be written down, in the user's language. */
export function describeSpeechFailure(
  failure: Failure,
  mayBeBilled: boolean,
  wanted: 'speech' | 'transcription' = 'speech',
): SpeechFailure {
  const { sentence, details } = explainFailure(failure, l10n.t);
  const gateway = failure.gatewayName ?? failure.gatewayId ?? l10n.t('The gateway');
  const own: Partial<Record<Failure['kind'], string>> =
    wanted === 'speech'
      ? {
          'empty-reply': l10n.t('{0} sent an empty sound.', gateway),
          'malformed-reply': l10n.t('{0} sent a reply that is not a sound.', gateway),
          'no-such-endpoint': l10n.t('{0} does not offer speech.', gateway),
        }
      : {
          'empty-reply': l10n.t('{0} sent an empty transcript.', gateway),
          'malformed-reply': l10n.t('{0} sent a reply that is not a transcript.', gateway),
          'no-such-endpoint': l10n.t('{0} does not offer transcription.', gateway),
          'request-too-large': l10n.t('{0} does not accept sound files of this size.', gateway),
        };
  const said = own[failure.kind] ?? sentence;
  const billed = mayBeBilled ? ` ${l10n.t('It may have charged for the request.')}` : '';
  return {
    sentence: said + billed,
    details: details.join('\n').slice(0, 10_000),
    action: needsOtherVoice.has(failure.kind) ? 'voice' : 'retry',
  };
}
