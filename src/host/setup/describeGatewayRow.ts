import * as vscode from 'vscode';
import { isRefusal } from '../../core/gatewayCheck/isRefusal';
import type { GatewayHealth } from '../../core/gatewaySettings/gatewayHealth';
import { explainFailure } from '../../shared/failure/explainFailure';
import { nameOfUnsupportedParameter } from '../../shared/failure/nameOfUnsupportedParameter';
import { describeBalanceRecord } from '../cost/describeBalanceRecord';
import type { UnsupportedParameterEntry } from '../models/unsupportedParameters';
import type { GatewayRow } from './readGatewayRows';

/** One line about a gateway: its state with an icon, and the last check. */
export function describeGatewayRow(row: GatewayRow): string {
  const { gateway, learned } = row;
  const notes = [
    gateway.hidden ? `$(eye-closed) ${vscode.l10n.t('Hidden')}` : undefined,
    describeState(row),
    describeBalanceOf(row),
    learned.length === 0
      ? undefined
      : learned.length === 1
        ? vscode.l10n.t('Unsupported parameters of 1 model')
        : vscode.l10n.t('Unsupported parameters of {0} models', learned.length),
  ];
  return notes.filter((note) => note !== undefined).join(' · ');
}

/** The balance with an icon, and its time; undefined before the first check. */
function describeBalanceOf({ gateway, balance, isBalanceBeingChecked }: GatewayRow): string | undefined {
  if (isBalanceBeingChecked) return `$(loading~spin) ${vscode.l10n.t('Checking the balance…')}`;
  return balance === undefined ? undefined : `$(credit-card) ${describeBalanceRecord(balance, gateway)}`;
}

/** The state of a gateway with an icon, and the time of the last check. */
export function describeState({ gateway, state, isBeingChecked, health }: GatewayRow): string {
  if (isBeingChecked) return `$(loading~spin) ${vscode.l10n.t('Checking…')}`;
  switch (state) {
    case 'no-key':
      return `$(key) ${vscode.l10n.t('No API key')}`;
    case 'unchecked':
      return `$(circle-outline) ${vscode.l10n.t('Not checked yet')}`;
    case 'ready':
      return [
        `$(check) ${vscode.l10n.t('Ready')}`,
        health?.models === 1 ? vscode.l10n.t('1 model') : vscode.l10n.t('{0} models', health?.models ?? 0),
        checkedAt(health),
      ].join(' · ');
    case 'key-rejected':
      return `$(error) ${vscode.l10n.t('API key rejected')} · ${checkedAt(health)}`;
    case 'failed': {
      if (health?.failure === undefined) return '';
      const failure = { ...health.failure, gatewayName: gateway.name };
      return `$(warning) ${explainFailure(failure, vscode.l10n.t).sentence} · ${checkedAt(health)}`;
    }
  }
}

/** What Parley has learned about a model: its unsupported parameters, and its context window. */
export function describeLearned({ parts, contextWindow }: UnsupportedParameterEntry): string {
  const lines = [];
  const refused = parts.filter(isRefusal);
  if (refused.length > 0) {
    const names = refused.map((part) => nameOfUnsupportedParameter(part, vscode.l10n.t));
    lines.push(vscode.l10n.t('Left out: {0}', names.join(', ')));
  }
  const works = parts.filter((part) => !isRefusal(part));
  if (works.length > 0) lines.push(vscode.l10n.t('Works: {0}', works.join(', ')));
  if (contextWindow !== undefined) lines.push(vscode.l10n.t('Context window: {0} tokens', contextWindow));
  return lines.join(' · ');
}

/** The time of a check, with the date if it was on another day. */
function checkedAt(health: GatewayHealth | undefined): string {
  const at = new Date(health?.at ?? 0);
  const isToday = at.toDateString() === new Date().toDateString();
  const format = new Intl.DateTimeFormat(vscode.env.language, {
    timeStyle: 'short',
    ...(!isToday && { dateStyle: 'short' }),
  });
  return vscode.l10n.t('Checked {0}', format.format(at));
}
