import * as vscode from 'vscode';
import type { CompletionTally } from '../../core/completions/completionTally';
import type { CompletionForm } from '../../core/ports/completionClient';
import { escapeMarkdown } from '../../core/text/escapeMarkdown';
import type { ShownCompletions } from './completionSwitch';

/** What is known about completions that are on. */
interface CompletionState {
  readonly model: { readonly name: string; readonly gateway: string } | undefined;
  readonly form: CompletionForm | undefined;
  /** A sentence that says why there are no completions; undefined if there are. */
  readonly problem: string | undefined;
  /** The requests of today; undefined if there were none. */
  readonly today: CompletionTally | undefined;
  /** The usual time of a request in milliseconds; undefined before the first one. */
  readonly latency: number | undefined;
}

/** The commands that the tooltip links to. */
const linked = ['parley.toggleCompletions', 'parley.selectCompletionModel', 'parley.checkGateway'];

/** Describes completions for their place in the Status Bar. */
export function describeCompletions({
  model,
  form,
  problem,
  today,
  latency,
}: CompletionState): ShownCompletions {
  const state = vscode.l10n.t('Parley completions: on');
  const lines = [
    ...(problem === undefined ? [] : [`$(warning) ${escapeMarkdown(problem)}`]),
    ...(model === undefined ? [] : [escapeMarkdown(`${model.name} · ${model.gateway}`)]),
    ...(form === 'chat'
      ? [vscode.l10n.t('This model completes as a chat, which is slower and costs more tokens.')]
      : []),
    todayLine(today),
    ...(latency === undefined ? [] : [vscode.l10n.t('Usual time: {0} ms', number(latency))]),
    [
      link(vscode.l10n.t('Turn Off'), 'parley.toggleCompletions'),
      link(vscode.l10n.t('Select Model'), 'parley.selectCompletionModel'),
      link(vscode.l10n.t('Check Gateway'), 'parley.checkGateway'),
    ].join(' · '),
  ];
  const tooltip = new vscode.MarkdownString([`**${state}**`, ...lines].join('\n\n'), true);
  tooltip.isTrusted = { enabledCommands: linked };
  return {
    icon: problem === undefined ? 'sparkle-filled' : 'warning',
    label: problem === undefined ? state : `${state}. ${problem}`,
    tooltip,
  };
}

function todayLine(today: CompletionTally | undefined): string {
  if (today === undefined) return vscode.l10n.t('No requests today');
  const { requests, tokens, isEstimated } = today;
  if (requests === 1)
    return isEstimated
      ? vscode.l10n.t('Today: 1 request, about {0} tokens', number(tokens))
      : vscode.l10n.t('Today: 1 request, {0} tokens', number(tokens));
  return isEstimated
    ? vscode.l10n.t('Today: {0} requests, about {1} tokens', number(requests), number(tokens))
    : vscode.l10n.t('Today: {0} requests, {1} tokens', number(requests), number(tokens));
}

function number(value: number): string {
  return value.toLocaleString(vscode.env.language);
}

function link(label: string, command: string): string {
  return `[${label}](command:${command})`;
}
