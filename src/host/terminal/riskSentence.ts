import * as vscode from 'vscode';
import type { CommandRisk } from '../../core/terminal/commandRisk';

/** Warns of a command. */
export function riskSentence(risk: CommandRisk): string {
  switch (risk) {
    case 'disk':
      return vscode.l10n.t('Caution: this command can erase a disk.');
    case 'database':
      return vscode.l10n.t('Caution: this command deletes data of a database.');
    case 'resources':
      return vscode.l10n.t('Caution: this command deletes containers, packages or resources in a cloud.');
    case 'git':
      return vscode.l10n.t('Caution: this command discards changes, or overwrites the history of Git.');
    case 'hidden':
      return vscode.l10n.t('Caution: this command runs code that it does not show.');
    case 'download':
      return vscode.l10n.t('Caution: this command runs code from the internet.');
    case 'files':
      return vscode.l10n.t('Caution: this command deletes files.');
    case 'system':
      return vscode.l10n.t('Caution: this command ends programs, or changes the system.');
    case 'rights':
      return vscode.l10n.t('Caution: this command changes the permissions of many files.');
  }
}
