import type { Failure } from './failure';
import { describeProxyFailure } from './describeProxyFailure';
import { labelOfAction, type FailureAction } from './failureAction';
import { describeReason } from './failureReason';
import type { Translate } from '../kit/translate';

/** A failure in the user's language. */
interface FailureExplanation {
  readonly sentence: string;
  /** The words of the gateway or the system; undefined when there are none or the sentence already contains them. */
  readonly words: string | undefined;
  /** The words, URL, status and request id, one per line; may be empty. */
  readonly details: readonly string[];
  readonly action: FailureAction;
  readonly actionLabel: string;
}

/** Explains a failure. The panel, notifications, checks and logs use the same text. */
export function explainFailure(failure: Failure, t: Translate): FailureExplanation {
  const { sentence, action } = describe(failure, t);
  const words = saidInSentence.has(failure.kind) ? undefined : detailOf(failure, t);
  return {
    sentence: closeUp(sentence, t),
    words,
    details: [...(words === undefined ? [] : [words]), ...factsOf(failure, t)],
    action,
    actionLabel: labelOfAction(action, t),
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

function describe(failure: Failure, t: Translate): { sentence: string; action: FailureAction } {
  const gateway = failure.gatewayName ?? failure.gatewayId ?? t('The gateway');
  const model = failure.modelId ?? t('this model');
  const seconds = failure.seconds ?? '?';
  const address = failure.url ?? failure.host ?? gateway;
  const host = failure.host ?? failure.url;
  const detail = detailOf(failure, t);
  const proxyTrouble = describeProxyFailure(failure, t);
  if (proxyTrouble !== undefined) return proxyTrouble;
  switch (failure.kind) {
    case 'no-model':
      return { sentence: t('No model is selected yet.'), action: 'add-gateway' };
    case 'missing-key':
      return { sentence: t('{0} needs an API key.', gateway), action: 'set-key' };
    case 'invalid-key':
      return {
        sentence: t('The stored API key for {0} contains invalid characters.', gateway),
        action: 'set-key',
      };
    case 'invalid-url':
      return {
        sentence: t('The base URL of {0} is not a valid address: {1}', gateway, address),
        action: 'open-gateway-settings',
      };
    case 'insecure-address':
      return {
        sentence: t(
          'The key would be sent to {0} unencrypted, and anyone on the network path could read it. It was not sent.',
          host ?? gateway,
        ),
        action: 'allow-insecure',
      };
    case 'unknown-gateway':
      return { sentence: t('The gateway "{0}" is no longer configured.', gateway), action: 'select-model' };
    case 'invalid-parameter':
      return {
        sentence:
          detail === undefined
            ? t('A request parameter is invalid.')
            : t('A request parameter is invalid: {0}', detail),
        action: 'open-parameter-settings',
      };
    case 'invalid-header':
      return {
        sentence:
          detail === undefined
            ? t('A header for {0} contains invalid characters.', gateway)
            : t('The header {0} for {1} contains invalid characters.', detail, gateway),
        action: 'open-gateway-settings',
      };
    case 'connection-refused':
      return { sentence: t("Couldn't connect to {0}. Is the server running?", address), action: 'retry' };
    case 'name-not-resolved':
      return {
        sentence: t("Couldn't find the host {0}.", host ?? gateway),
        action: 'open-gateway-settings',
      };
    case 'connection-reset':
      return { sentence: t('{0} closed the connection before answering.', gateway), action: 'retry' };
    case 'connection-failed':
      return { sentence: t('The connection to {0} failed.', gateway), action: 'retry' };
    case 'wrong-scheme':
      return {
        sentence: failure.url?.startsWith('https:')
          ? t('The server at {0} uses http, not https.', host ?? gateway)
          : t('The server at {0} uses https, not http.', host ?? gateway),
        action: 'open-gateway-settings',
      };
    case 'certificate-rejected':
      return {
        sentence: t(
          'The certificate of {0} is not trusted. Add its certificate authority to the system or to NODE_EXTRA_CA_CERTS, then restart VS Code.',
          host ?? gateway,
        ),
        action: 'show-log',
      };
    case 'connect-timeout':
      return {
        sentence: t("Couldn't connect to {0} within {1} seconds.", gateway, seconds),
        action: 'retry',
      };
    case 'first-token-timeout':
      return {
        sentence: t('{0} sent nothing within {1} seconds.', gateway, seconds),
        action: 'open-timeout-settings',
      };
    case 'idle-timeout':
      return { sentence: t('{0} has sent nothing for {1} seconds.', gateway, seconds), action: 'continue' };
    case 'redirect-refused':
      return {
        sentence: t(
          '{0} redirected the request to {1}. Parley sent neither the API key nor the prompt there.',
          gateway,
          failure.host ?? t('another host'),
        ),
        action: 'open-gateway-settings',
      };
    case 'proxy-authentication-required':
      return {
        sentence:
          failure.host === undefined
            ? t('The proxy requires a user name and password.')
            : t('The proxy {0} requires a user name and password.', failure.host),
        action: 'open-proxy-settings',
      };
    case 'bad-request':
      return { sentence: t('{0} rejected the request.', gateway), action: 'select-model' };
    case 'unauthorized':
      return { sentence: t('{0} rejected the API key.', gateway), action: 'set-key' };
    case 'payment-required':
      return { sentence: t('Your balance with {0} is used up.', gateway), action: 'retry' };
    case 'forbidden':
      return {
        sentence: t('{0} does not allow this key to use {1}.', gateway, model),
        action: 'select-model',
      };
    case 'not-found':
      return {
        sentence: t('{0} does not have {1}. Called: {2}', gateway, model, address),
        action: 'select-model',
      };
    case 'request-too-large':
      return { sentence: t('The chat is too long for {0}.', gateway), action: 'shorten' };
    case 'region-not-served':
      return {
        sentence: t('{0} is not available in the region of this request.', gateway),
        action: 'open-proxy-settings',
      };
    case 'blocked-by-firewall':
      return {
        sentence: t(
          'A firewall in front of {0} blocked the request. The API key and the model are not the cause.',
          gateway,
        ),
        action: 'retry',
      };
    case 'no-such-endpoint':
      return {
        sentence: t('This address does not accept prompts. Is the base URL correct? Called: {0}', address),
        action: 'open-gateway-settings',
      };
    case 'prompt-refused':
      return {
        sentence: t('The content filter of {0} blocked the prompt.', gateway),
        action: 'select-model',
      };
    case 'rate-limited':
      return {
        sentence:
          failure.seconds === undefined
            ? t('{0} is limiting requests.', gateway)
            : t('{0} is limiting requests. Try again in {1} seconds.', gateway, seconds),
        action: 'retry',
      };
    case 'model-loading':
      return { sentence: t('{0} is still loading the model.', gateway), action: 'retry' };
    case 'server-error':
      return { sentence: t('{0} reported a server error.', gateway), action: 'retry' };
    case 'http-error':
      return { sentence: t('{0} responded with HTTP {1}.', gateway, failure.status ?? '?'), action: 'retry' };
    case 'gateway-error':
      return { sentence: t('{0} sent an error instead of an answer.', gateway), action: 'retry' };
    case 'not-an-api':
      return {
        sentence: t(
          'The server sent a web page instead of an answer. Is the base URL correct? Called: {0}',
          address,
        ),
        action: 'open-gateway-settings',
      };
    case 'malformed-reply':
      return { sentence: t('{0} sent a reply that is not a chat answer.', gateway), action: 'show-log' };
    case 'empty-reply':
      return { sentence: t('{0} sent an empty answer.', gateway), action: 'retry' };
    case 'reply-too-large':
      return { sentence: t('{0} sent more data at once than Parley accepts.', gateway), action: 'show-log' };
    case 'stream-cut':
      return { sentence: t('The connection closed before the answer was complete.'), action: 'continue' };
    case 'output-limit':
      return { sentence: t('The answer reached the output limit.'), action: 'continue' };
    case 'output-limit-unanswered':
      return {
        sentence: t(
          'The model reached its output limit before it answered. Set a larger max_tokens to leave room for the answer.',
        ),
        action: 'open-parameter-settings',
      };
    case 'window-full':
      return { sentence: t('The context window of the model is full.'), action: 'shorten' };
    case 'content-filtered':
      return { sentence: t('A content filter stopped the answer.'), action: 'retry' };
    case 'answer-stopped':
      return {
        sentence:
          detail === undefined
            ? t('The answer ended early.')
            : t('The answer stopped with the finish reason “{0}”.', detail),
        action: 'continue',
      };
    case 'interrupted':
      return { sentence: t('VS Code closed before the answer was complete.'), action: 'continue' };
    case 'unexpected':
      return {
        sentence: t('Parley encountered an unexpected error. See the log for details.'),
        action: 'show-log',
      };
  }
}

/** The sentences of these kinds contain the detail. */
const saidInSentence: ReadonlySet<Failure['kind']> = new Set([
  'invalid-parameter',
  'invalid-header',
  'answer-stopped',
]);

function detailOf({ detail, reason }: Failure, t: Translate): string | undefined {
  return (reason === undefined ? undefined : describeReason(reason, t)) ?? detail;
}

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
