import * as vscode from 'vscode';
import { nameOf } from './proposalTitle';

/**
 * Why a proposed change was not written. `moved`: the path leads to another file now. `missing`: the file was deleted. `exists`: the
 * new file exists by now, or cannot be created. `declined`: the user said no to a question.
 */
export type Refusal = 'conflict' | 'read-only' | 'moved' | 'missing' | 'exists' | 'declined';

/** Tells the user why a change was not written. */
export function explainRefusal(target: vscode.Uri, refusal: Exclude<Refusal, 'declined'>): string {
  const name = nameOf(target);
  switch (refusal) {
    case 'conflict':
      return vscode.l10n.t('{0} was changed in the same place as the proposal. Nothing was written.', name);
    case 'read-only':
      return vscode.l10n.t("Couldn't make the change. {0} is read-only.", name);
    case 'moved':
      return vscode.l10n.t('{0} now points to another file. Nothing was written.', name);
    case 'missing':
      return vscode.l10n.t('{0} no longer exists. Nothing was written.', name);
    case 'exists':
      return vscode.l10n.t("Couldn't create {0}. It may exist already.", name);
  }
}

/** The most files that a sentence names. */
const mostNames = 5;

/**
 * Tells the user which of several files were not written, and why.
 *
 * @param written The number of files that were written.
 */
export function explainRefusals(
  refused: readonly { readonly target: vscode.Uri; readonly refusal: Refusal }[],
  written: number,
): string {
  const listed = refused
    .slice(0, mostNames)
    .map(({ target, refusal }) => vscode.l10n.t('{0} ({1})', nameOf(target), reasonOf(refusal)))
    .join(', ');
  const more = refused.length - mostNames;
  const names = more > 0 ? vscode.l10n.t('{0} and {1} more', listed, more) : listed;
  return vscode.l10n.t(
    '{0} of {1} files were changed. Not changed: {2}. Their changes stay in review.',
    written,
    written + refused.length,
    names,
  );
}

function reasonOf(refusal: Refusal): string {
  switch (refusal) {
    case 'conflict':
      return vscode.l10n.t('changed in the same place');
    case 'read-only':
      return vscode.l10n.t('read-only');
    case 'moved':
      return vscode.l10n.t('points to another file now');
    case 'missing':
      return vscode.l10n.t('no longer exists');
    case 'exists':
      return vscode.l10n.t('may exist already');
    case 'declined':
      return vscode.l10n.t('you declined');
  }
}
