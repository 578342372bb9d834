import type { Translate } from '../kit/translate';
import { billingPage } from './billingPage';
import { describeGenerationFailure } from './describeGenerationFailure';
import { describeProxyFailure } from './describeProxyFailure';
import { detailOf } from './detailOf';
import type { Failure } from './failure';
import type { FailureDescription } from './failureDescription';

/** Describes a failure in the user's language. */
export function describeFailure(failure: Failure, t: Translate): FailureDescription {
  const gateway = failure.gatewayName ?? failure.gatewayId ?? t('The gateway');
  const model = failure.modelId ?? t('this model');
  const seconds = failure.seconds ?? '?';
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
        sentence: t('The base URL of {0} is not a valid address.', gateway),
        action: 'manage-gateways',
      };
    case 'insecure-address':
      return {
        sentence: t(
          'The API key was not sent, because the connection to {0} is unencrypted. Anyone on the network could read the key.',
          gateway,
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
      return {
        sentence: t("Couldn't connect to {0}. Is the server running?", gateway),
        action: 'retry',
        secondary: 'manage-gateways',
      };
    case 'name-not-resolved':
      return {
        sentence: t("Couldn't find the server of {0}. Check your network and the base URL.", gateway),
        action: 'retry',
        secondary: 'manage-gateways',
      };
    case 'connection-reset':
      return {
        sentence: t('{0} closed the connection before answering.', gateway),
        action: 'retry',
        secondary: 'open-proxy-settings',
      };
    case 'connection-failed':
      return {
        sentence: t('The connection to {0} failed.', gateway),
        action: 'retry',
        secondary: 'open-proxy-settings',
      };
    case 'wrong-scheme':
      return {
        sentence: failure.url?.startsWith('https:')
          ? t('{0} uses http, but its base URL starts with https://.', gateway)
          : t('{0} uses https, but its base URL starts with http://.', gateway),
        action: 'manage-gateways',
      };
    case 'certificate-rejected':
      return {
        sentence: t(
          'The certificate of {0} is not trusted. Add its certificate authority to the system or to NODE_EXTRA_CA_CERTS, then restart VS Code.',
          gateway,
        ),
        action: 'show-log',
      };
    case 'connect-timeout':
      return {
        sentence: t("Couldn't connect to {0} within {1} seconds.", gateway, seconds),
        action: 'retry',
        secondary: 'open-proxy-settings',
      };
    case 'first-token-timeout':
      return {
        sentence: t('{0} sent nothing within {1} seconds.', gateway, seconds),
        action: 'retry',
        secondary: 'open-timeout-settings',
      };
    case 'idle-timeout':
      return {
        sentence: t('{0} has sent nothing for {1} seconds.', gateway, seconds),
        action: 'continue',
        secondary: 'open-timeout-settings',
      };
    case 'redirect-refused':
      return {
        sentence: t(
          '{0} redirected the request to {1}. Parley sent neither the API key nor the prompt there.',
          gateway,
          failure.host ?? t('another host'),
        ),
        action: 'manage-gateways',
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
      return {
        sentence: t('{0} rejected the request.', gateway),
        action: 'select-model',
        secondary: 'open-parameter-settings',
      };
    case 'unauthorized':
      return { sentence: t('{0} rejected the API key.', gateway), action: 'set-key' };
    case 'payment-required': {
      const sentence = t('Your balance with {0} is used up. Add credit or choose another model.', gateway);
      return billingPage(failure) === undefined
        ? { sentence, action: 'select-model' }
        : { sentence, action: 'select-model', secondary: 'open-billing-page' };
    }
    case 'forbidden':
      return {
        sentence: t('{0} does not allow this API key to use {1}.', gateway, model),
        action: 'select-model',
      };
    case 'not-found':
      return failure.modelId === undefined
        ? { sentence: t('{0} found nothing at this address.', gateway), action: 'manage-gateways' }
        : { sentence: t('{0} has no model "{1}".', gateway, failure.modelId), action: 'select-model' };
    case 'request-too-large':
      return { sentence: t('This chat is too long for {0}.', failure.modelId ?? gateway), action: 'shorten' };
    case 'region-not-served':
      return {
        sentence: t('{0} is not available in your region.', gateway),
        action: 'open-proxy-settings',
        secondary: 'select-model',
      };
    case 'blocked-by-firewall':
      return {
        sentence: t(
          'A firewall in front of {0} blocked the request. The API key and the model are not the cause.',
          gateway,
        ),
        action: 'retry',
        secondary: 'open-proxy-settings',
      };
    case 'no-such-endpoint':
      return {
        sentence: t('The base URL of {0} does not accept chat requests. Is it correct?', gateway),
        action: 'manage-gateways',
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
        secondary: 'select-model',
      };
    case 'model-loading':
      return { sentence: t('{0} is still loading the model.', gateway), action: 'retry' };
    case 'server-error':
      return {
        // An error in the middle of an answer comes with the status of a success.
        sentence:
          failure.status === undefined || failure.status < 400
            ? t('{0} had a server error.', gateway)
            : t('{0} had a server error (HTTP {1}).', gateway, failure.status),
        action: 'retry',
        secondary: 'select-model',
      };
    case 'http-error':
      return {
        sentence: t('{0} responded with HTTP {1}.', gateway, failure.status ?? '?'),
        action: 'retry',
        secondary: 'select-model',
      };
    case 'gateway-error':
      return {
        sentence: t('{0} sent an error instead of an answer.', gateway),
        action: 'retry',
        secondary: 'select-model',
      };
    case 'not-an-api':
      return {
        sentence: t('{0} sent a web page instead of an answer. Is the base URL correct?', gateway),
        action: 'manage-gateways',
      };
    case 'malformed-reply':
      return {
        sentence: t('{0} sent a reply that is not a chat answer.', gateway),
        action: 'show-log',
        secondary: 'retry',
      };
    case 'empty-reply':
      return {
        sentence: t('{0} sent an empty answer.', gateway),
        action: 'retry',
        secondary: 'select-model',
      };
    case 'reply-too-large':
      return {
        sentence: t('{0} sent more data at once than Parley accepts.', gateway),
        action: 'show-log',
        secondary: 'retry',
      };
    case 'stream-cut':
      return { sentence: t('The connection was lost before the answer was complete.'), action: 'continue' };
    case 'no-media':
    case 'maybe-billed':
    case 'task-failed':
    case 'task-lost':
    case 'task-timeout':
    case 'endpoint-missing':
      return describeGenerationFailure(failure, failure.kind, { gateway, model }, t);
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
      return {
        sentence: t('A content filter stopped the answer.'),
        action: 'retry',
        secondary: 'select-model',
      };
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
        secondary: 'retry',
      };
  }
}
