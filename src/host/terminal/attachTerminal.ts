import * as vscode from 'vscode';
import type { TextAttachment } from '../../shared/conversation/attachment';
import { copyFromTerminal } from './copyFromTerminal';

/** The most characters of terminal output that are attached. The end is kept, because it tells what happened. */
const longest = 30_000;

/**
 * Attaches the terminal's selection. Without a selection, attaches the last command with its output.
 *
 * @returns `problem`, a sentence for the user, if there is nothing to attach.
 */
export async function attachTerminal(): Promise<TextAttachment | { readonly problem: string }> {
  const terminal = vscode.window.activeTerminal;
  if (terminal === undefined) return { problem: vscode.l10n.t('No terminal is open.') };
  const text = (await copyFromTerminal('selection')) || (await copyFromTerminal('last-command'));
  if (text.trim() === '') {
    return { problem: vscode.l10n.t('Nothing is selected in the terminal. Select the text to attach.') };
  }
  const shown = endOf(text);
  return {
    kind: 'text',
    id: crypto.randomUUID(),
    scope: 'terminal',
    name: vscode.l10n.t('Terminal {0}', terminal.name),
    languageId: 'text',
    text: shown,
    amount: { shown: countLines(shown), total: countLines(text) },
    truncated: text.length > longest,
  };
}

function countLines(text: string): number {
  return text.trimEnd().split('\n').length;
}

function endOf(text: string): string {
  if (text.length <= longest) return text;
  const cut = text.slice(-longest);
  return cut.slice(cut.indexOf('\n') + 1);
}
