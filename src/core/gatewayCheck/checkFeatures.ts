import { explainFailure } from '../../shared/failure/explainFailure';
import type { FailureAction } from '../../shared/failure/failureAction';
import type { Failure, FailureKind } from '../../shared/failure/failure';
import { nameOfUnsupportedParameter } from '../../shared/failure/nameOfUnsupportedParameter';
import type { Translate } from '../../shared/kit/translate';
import { checkQuestions, type CheckAnswer, type CheckQuestion } from './checkQuestion';
import type { CheckName, Finding } from './gatewayCheck';

/** An optional feature of a gateway, and how to test it. */
interface CheckFeature {
  readonly name: CheckName;
  readonly question: CheckQuestion;
  /** Turns an answer that was not cancelled into a finding. */
  readonly judge: (answer: CheckAnswer, t: Translate) => Finding;
}

/** If the gateway answered an ordinary question, these failures mean that it does not support the feature. */
const featureRefusals: ReadonlySet<FailureKind> = new Set([
  'bad-request',
  'not-found',
  'http-error',
  'gateway-error',
  'empty-reply',
  'request-too-large',
  'prompt-refused',
  'no-such-endpoint',
]);

/** The optional features that a check tests, each with one question. */
export const checkFeatures: readonly CheckFeature[] = [
  {
    name: 'tools',
    question: checkQuestions.tools,
    judge: (answer, t) =>
      judge('tools', answer, t, answer.toolCalls > 0, {
        works: t('The model called the test function.'),
        missing: t('The model answered with text instead of calling the test function.'),
      }),
  },
  {
    name: 'vision',
    question: checkQuestions.vision,
    judge: (answer, t) =>
      judge('vision', answer, t, /\bred\b|红/i.test(answer.text), {
        works: t('The model named the color of the test picture.'),
        missing: t(
          'The gateway accepted the test picture, but the answer does not name its color. The model may not support pictures.',
        ),
      }),
  },
  {
    name: 'choices',
    question: checkQuestions.choices,
    judge: (answer, t) =>
      judge('choices', answer, t, answer.choices > 1, {
        works: t('The gateway sent both requested answers.'),
        missing: t('The gateway sent one answer instead of two.'),
      }),
  },
  {
    name: 'log-probabilities',
    question: checkQuestions.logProbabilities,
    judge: (answer, t) =>
      judge('log-probabilities', answer, t, answer.tokens > 0, {
        works: t('The gateway sent the probability of each token.'),
        missing: t('The gateway sent no probabilities.'),
      }),
  },
];

/** A finding with the same sentence as in the panel, and with advice. */
export function findingOfFailure(name: CheckName, failure: Failure, t: Translate): Finding {
  const { sentence, details, action, secondary } = explainFailure(failure, t);
  const first = adviceFor(action, t);
  const advice = secondary === undefined ? first : t('{0} {1}', first, adviceFor(secondary.action, t));
  return { name, verdict: 'failed', found: sentence, details, advice };
}

function judge(
  name: CheckName,
  { ending, unsupportedParameters }: CheckAnswer,
  t: Translate,
  works: boolean,
  texts: { readonly works: string; readonly missing: string },
): Finding {
  if (works) return { name, verdict: 'passed', found: texts.works };
  if (ending.outcome === 'completed' || ending.outcome === 'cancelled') {
    const found =
      unsupportedParameters.length === 0
        ? texts.missing
        : t(
            'The gateway refused a part of the request: {0}.',
            unsupportedParameters.map((part) => nameOfUnsupportedParameter(part, t)).join(', '),
          );
    return { name, verdict: 'unsupported', found, advice: t('Another model may support this.') };
  }
  const finding = findingOfFailure(name, ending.failure, t);
  if (!featureRefusals.has(ending.failure.kind)) return finding;
  return {
    ...finding,
    verdict: 'unsupported',
    found: t('The gateway refused the request.'),
    advice: t('Another model may support this.'),
  };
}

function adviceFor(action: FailureAction, t: Translate): string {
  switch (action) {
    case 'add-gateway':
      return t('Add a gateway with "Parley: Add Gateway".');
    case 'set-key':
      return t('Store the correct key with "Parley: Set API Key".');
    case 'select-model':
      return t('Select another model with "Parley: Select Model".');
    case 'manage-gateways':
      return t('Correct the base URL with "Parley: Manage Gateways".');
    case 'open-gateway-settings':
      return t('Correct the setting parley.gateways.');
    case 'open-billing-page':
      return t('Add credit to your account with the gateway.');
    case 'allow-insecure':
      return t('Use an https address, or allow this address when the panel asks.');
    case 'shorten':
      return t('Select a model with a larger context window.');
    case 'open-timeout-settings':
      return t('Increase the limits in the setting parley.timeouts, or try again later.');
    case 'open-parameter-settings':
      return t('Correct the setting parley.parameters.');
    case 'open-proxy-settings':
      return t('Check the setting http.proxy, and the user name and password for the proxy.');
    case 'check-again':
    case 'retry':
      return t('Try again later. If the problem persists, contact the operator of the gateway.');
    case 'continue':
      return t(
        'Check again. If the problem persists, something between VS Code and the gateway cuts off long answers.',
      );
    case 'show-log':
      return t('For details, run "Parley: Show Log".');
  }
}
