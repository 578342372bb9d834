import { l10n } from 'vscode';
import type { GivenOutcome } from '../../core/provider/answerGiven';
import { escapeMarkdown } from '../../core/text/escapeMarkdown';
import { explainFailure } from '../../shared/failure/explainFailure';

/** Explains in Markdown why there is no answer, or only a part of it, with the gateway's own words. */
export function describeOutcome(
  outcome: Exclude<GivenOutcome, { readonly kind: 'answered' | 'cancelled' }>,
): string {
  if (outcome.kind === 'unusable-calls')
    return `${l10n.t("The model called tools in a way that they can't run.")}\n\n${escapeMarkdown(outcome.problem)}`;
  const { sentence, words } = explainFailure(outcome.failure, l10n.t);
  return [sentence, words]
    .filter((text) => text !== undefined)
    .map(escapeMarkdown)
    .join('\n\n');
}
