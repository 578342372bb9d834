import { explainFailure } from '../../shared/failure/explainFailure';
import type { FailureAction } from '../../shared/failure/failureAction';
import type { Failure, FailureKind } from '../../shared/failure/failure';
import { nameOfUnsupportedParameter } from '../../shared/failure/nameOfUnsupportedParameter';
import type { Translate } from '../../shared/kit/translate';
import { checkQuestions, type CheckAnswer, type CheckQuestion } from './checkQuestion';
import type { CheckName, Finding } from './gatewayCheck';

/** Something that a gateway may or may not be able to do, and how to find out. */
export interface CheckFeature {
  readonly name: CheckName;
  readonly question: CheckQuestion;
  /** Judges an answer that was not cancelled. */
  readonly judge: (answer: CheckAnswer, t: Translate) => Finding;
}

/** A gateway that answers an ordinary question and this one so cannot do what it asks for. */
const refusals: ReadonlySet<FailureKind> = new Set([
  'bad-request',
  'not-found',
  'http-error',
  'gateway-error',
  'empty-reply',
  'request-too-large',
  'prompt-refused',
  'no-such-endpoint',
]);

/** The features that a check tries, each with one question. */
export const checkFeatures: readonly CheckFeature[] = [
  {
    name: 'tools',
    question: checkQuestions.tools,
    judge: (answer, t) =>
      judge('tools', answer, t, answer.toolCalls > 0, {
        works: t('The model called the function that it was offered.'),
        missing: t('The model was offered a function and answered in words instead.'),
      }),
  },
  {
    name: 'vision',
    question: checkQuestions.vision,
    judge: (answer, t) =>
      judge('vision', answer, t, /\bred\b|红/i.test(answer.text), {
        works: t('The model saw the colour of a picture.'),
        missing: t('The picture was taken, but the answer does not name its colour: this model may not see.'),
      }),
  },
  {
    name: 'choices',
    question: checkQuestions.choices,
    judge: (answer, t) =>
      judge('choices', answer, t, answer.choices > 1, {
        works: t('Two answers were asked for and two came.'),
        missing: t('Two answers were asked for and one came.'),
      }),
  },
  {
    name: 'log-probabilities',
    question: checkQuestions.logProbabilities,
    judge: (answer, t) =>
      judge('log-probabilities', answer, t, answer.tokens > 0, {
        works: t('Each token came with its probability.'),
        missing: t('Probabilities were asked for and none came.'),
      }),
  },
];

/** A finding that says what failed, in the words that the panel would use, and how to mend it. */
export function findingOfFailure(name: CheckName, failure: Failure, t: Translate): Finding {
  const { sentence, details, action } = explainFailure(failure, t);
  return { name, verdict: 'failed', found: sentence, details, advice: adviceFor(action, t) };
}

function judge(
  name: CheckName,
  { ending, adaptations }: CheckAnswer,
  t: Translate,
  works: boolean,
  texts: { readonly works: string; readonly missing: string },
): Finding {
  if (works) return { name, verdict: 'passed', found: texts.works };
  if (ending.outcome === 'completed' || ending.outcome === 'cancelled') {
    const found =
      adaptations.length === 0
        ? texts.missing
        : t(
            'The gateway refused a part of the request: {0}.',
            adaptations.map((part) => nameOfUnsupportedParameter(part, t)).join(', '),
          );
    return { name, verdict: 'unsupported', found, advice: t('Another model may be able to.') };
  }
  const finding = findingOfFailure(name, ending.failure, t);
  if (!refusals.has(ending.failure.kind)) return finding;
  return {
    ...finding,
    verdict: 'unsupported',
    found: t('The gateway refused the request.'),
    advice: t('Another model may be able to.'),
  };
}

function adviceFor(action: FailureAction, t: Translate): string {
  switch (action) {
    case 'add-gateway':
      return t('Add a gateway with "Parley: Add Gateway".');
    case 'set-key':
      return t('Store the right key with "Parley: Set API Key".');
    case 'select-model':
      return t(
        'Choose another model with "Parley: Select Model", and look at the setting parley.parameters.',
      );
    case 'open-gateway-settings':
      return t('Correct the base URL in the setting parley.gateways.');
    case 'allow-insecure':
      return t('Use an https address, or allow the address when the panel asks.');
    case 'shorten':
      return t('Choose a model with a larger context window.');
    case 'open-timeout-settings':
      return t('Raise the limits in the setting parley.timeouts, or try again later.');
    case 'open-parameter-settings':
      return t('Correct the setting parley.parameters.');
    case 'open-proxy-settings':
      return t("Look at the setting http.proxy, and at the proxy's user name and password.");
    case 'retry':
      return t('Try again later. If it stays, ask the operator of the gateway.');
    case 'continue':
      return t('Check again. If it stays, something between here and the gateway cuts long answers.');
    case 'show-log':
      return t('"Parley: Show Log" says more.');
  }
}
