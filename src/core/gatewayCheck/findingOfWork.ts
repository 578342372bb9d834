import type { Failure } from '../../shared/failure/failure';
import type { Translate } from '../../shared/kit/translate';
import type { CompletionForm } from '../ports/completionClient';
import { explainFailure } from '../../shared/failure/explainFailure';
import type { TriedForm } from './checkCompletions';
import type { EffortResult } from './checkEffort';
import type { Verdict, WorkFinding, WorkName } from './gatewayCheck';

/** How one kind of work ended. */
export type WorkOutcome =
  | { readonly kind: 'no-model' }
  | { readonly kind: 'done' }
  | { readonly kind: 'vector'; readonly width: number }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'effort'; readonly result: Exclude<EffortResult, { readonly kind: 'cancelled' }> }
  | { readonly kind: 'completions'; readonly tried: readonly TriedForm[] };

/** Describes how one kind of work ended, in the user's language. */
export function findingOfWork(
  name: WorkName,
  modelId: string | undefined,
  outcome: WorkOutcome,
  t: Translate,
): WorkFinding {
  const found = (verdict: Verdict, text: string, details?: readonly string[]): WorkFinding => ({
    name,
    modelId,
    verdict,
    found: text,
    ...(details !== undefined && details.length > 0 && { details }),
  });
  const failed = (failure: Failure): WorkFinding => {
    const { sentence, details } = explainFailure(failure, t);
    return found('failed', sentence, details);
  };
  switch (outcome.kind) {
    case 'no-model':
      return found('unsupported', t('The gateway lists no model for this.'));
    case 'done':
      return found('passed', t('The gateway did it.'));
    case 'vector':
      return found('passed', t('The gateway sent a vector of {0} numbers.', outcome.width));
    case 'failed':
      return failed(outcome.failure);
    case 'effort':
      if (outcome.result.kind === 'failed') return failed(outcome.result.failure);
      return describeEffort(outcome.result, found, t);
    case 'completions':
      return describeCompletions(outcome.tried, found, failed, t);
  }
}

type Found = (verdict: Verdict, text: string, details?: readonly string[]) => WorkFinding;

function describeEffort(
  { works, thinks, refused, ignored }: Extract<EffortResult, { readonly kind: 'checked' }>,
  found: Found,
  t: Translate,
): WorkFinding {
  const details = [
    ...(refused.length === 0 ? [] : [t('Refused: {0}', refused.join(', '))]),
    ...(ignored.length === 0 ? [] : [t('Without effect: {0}', ignored.join(', '))]),
  ];
  if (works === undefined)
    return found(
      'unsupported',
      thinks
        ? t('The model thinks, and nothing that was tried switches it off.')
        : t('The model does not think, and nothing that was tried makes it think.'),
      details,
    );
  return found(
    'passed',
    thinks
      ? t('The model thinks, and {0} switches it off. Parley remembers that.', works)
      : t('The model thinks if {0} asks for it. Parley remembers that.', works),
    details,
  );
}

function describeCompletions(
  tried: readonly TriedForm[],
  found: Found,
  failed: (failure: Failure) => WorkFinding,
  t: Translate,
): WorkFinding {
  const details = tried.flatMap(({ form, result }) =>
    result === 'works'
      ? []
      : [
          result === 'ignored'
            ? t('{0}: the text after the gap was not read.', nameOfForm(form, t))
            : `${nameOfForm(form, t)}: ${explainFailure(result.failure, t).sentence}`,
        ],
  );
  const last = tried.at(-1);
  if (last?.result === 'works')
    return found(
      'passed',
      t('Completes text in a gap with: {0}. Parley remembers that.', nameOfForm(last.form, t)),
      details,
    );
  // With one try, the failure was about the key or the connection.
  if (tried.length === 1 && typeof last?.result === 'object') return failed(last.result.failure);
  return found('unsupported', t('The gateway completes no text in a gap with this model.'), details);
}

function nameOfForm(form: CompletionForm, t: Translate): string {
  switch (form) {
    case 'suffix':
      return t('/completions with a suffix');
    case 'tokens':
      return t("/completions with the model's own tokens");
    case 'infill':
      return '/infill';
    case 'deepseek':
      return '/beta/completions';
    case 'mistral':
      return '/fim/completions';
    case 'ollama':
      return '/api/generate';
    case 'chat':
      return t('a question in a chat, which is slow');
  }
}
