import * as vscode from 'vscode';
import {
  decideAboutFile,
  type GuardReason,
  type NamedBy,
  type Verdict,
} from '../../core/context/contextGuard';
import { plainText } from '../plainText';
import { findRealPlace } from './realPlace';
import type { WorkspaceRules } from './workspaceRules';

/** Stands before every file: decides, and asks where the decision is a person's. */
export class ContextGuard {
  /**
   * @param rules What is hidden.
   * @param modelName Who would get the file, in words.
   */
  constructor(
    private readonly rules: WorkspaceRules,
    private readonly modelName: () => string,
  ) {}

  /** True when a file may go along with a prompt; asks where a person has to decide. */
  async admits(uri: vscode.Uri, namedBy: NamedBy): Promise<boolean> {
    const verdict = await this.judge(uri, namedBy);
    if (verdict.kind !== 'asked') return verdict.kind === 'allowed';
    const attach = vscode.l10n.t('Attach');
    const [reason = 'secret'] = verdict.reasons;
    const answer = await vscode.window.showWarningMessage(
      this.question(uri, reason),
      { modal: true, detail: vscode.workspace.asRelativePath(uri) },
      attach,
    );
    return answer === attach;
  }

  /** The files among these that Parley may list by itself. */
  async listable(uris: readonly vscode.Uri[]): Promise<ReadonlySet<vscode.Uri>> {
    const verdicts = await Promise.all(uris.map((uri) => this.judge(uri, 'listing')));
    return new Set(uris.filter((_, index) => verdicts[index]?.kind === 'allowed'));
  }

  private async judge(uri: vscode.Uri, namedBy: NamedBy): Promise<Verdict> {
    // A new file that was never saved is nowhere: what stands in it was typed or pasted here.
    if (uri.scheme === 'untitled') return { kind: namedBy === 'listing' ? 'refused' : 'allowed' };
    const place = await findRealPlace(uri);
    const hidden = (await this.rules.hides(uri)) || (!place.outside && (await this.rules.hides(place.uri)));
    return decideAboutFile(
      { path: place.uri.path, foundAt: uri.path, outside: place.outside, hidden },
      namedBy,
    );
  }

  private question(uri: vscode.Uri, reason: GuardReason): string {
    const name = plainText(uri.path.split('/').at(-1) ?? uri.path);
    switch (reason) {
      case 'secret':
        return vscode.l10n.t('“{0}” may hold secrets. Send it to {1}?', name, this.modelName());
      case 'outside':
        return vscode.l10n.t('“{0}” is outside of the workspace. Send it to {1}?', name, this.modelName());
      case 'hidden':
        return vscode.l10n.t(
          '“{0}” is hidden by .gitignore or by the exclude settings. Send it to {1}?',
          name,
          this.modelName(),
        );
    }
  }
}
