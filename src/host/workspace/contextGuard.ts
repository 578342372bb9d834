import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import {
  decideAboutFile,
  type GuardReason,
  type NamedBy,
  type Verdict,
} from '../../core/context/decideAboutFile';
import { longestBinaryText } from '../../core/context/isBinary';
import { plainText } from '../ui/plainText';
import { findRealPlace } from './findRealPlace';
import type { WorkspaceRules } from './workspaceRules';

/** Decides for every file whether it may be attached, and asks the user if that is not clear. */
export class ContextGuard {
  /**
   * @param rules Knows which files are hidden.
   * @param modelName The display name of the model that would get the file.
   */
  constructor(
    private readonly rules: WorkspaceRules,
    private readonly modelName: () => string,
  ) {}

  /**
   * Returns true if a file may be attached. If the user has to decide, one dialog asks and lists all reasons.
   *
   * @param namedBy Who named the file: the user, an editor, the webview or a list.
   * @param binary True if the file is known to be binary.
   */
  async admits(uri: vscode.Uri, namedBy: NamedBy, binary = false): Promise<boolean> {
    const verdict = await this.judge(uri, namedBy, binary);
    if (verdict.kind !== 'asked') return verdict.kind === 'allowed';
    return await this.ask(uri, verdict.reasons);
  }

  /** Asks about an admitted file that turned out to be binary. */
  async admitsBinary(uri: vscode.Uri): Promise<boolean> {
    return await this.ask(uri, ['binary']);
  }

  /** Returns the files that Parley may list without asking. */
  async listable(uris: readonly vscode.Uri[]): Promise<ReadonlySet<vscode.Uri>> {
    const verdicts = await Promise.all(uris.map((uri) => this.judge(uri, 'listing')));
    return new Set(uris.filter((_, index) => verdicts[index]?.kind === 'allowed'));
  }

  private async ask(
    uri: vscode.Uri,
    [reason = 'secret', ...others]: readonly GuardReason[],
  ): Promise<boolean> {
    const attach = vscode.l10n.t('Attach Anyway');
    const binary = reason === 'binary' || others.includes('binary');
    const detail = [
      vscode.workspace.asRelativePath(uri),
      ...others.map(sentenceFor),
      ...(binary
        ? [
            vscode.l10n.t(
              'Only the readable text is attached, at most {0} characters.',
              longestBinaryText.toLocaleString(vscode.env.language),
            ),
          ]
        : []),
      vscode.l10n.t('It is sent to {0} with your prompt.', this.modelName()),
    ].join('\n\n');
    const answer = await vscode.window.showWarningMessage(
      question(uri, reason),
      { modal: true, detail },
      attach,
    );
    return answer === attach;
  }

  private async judge(uri: vscode.Uri, namedBy: NamedBy, binary = false): Promise<Verdict> {
    // An untitled file is not on disk. Its text was typed or pasted in this window.
    if (uri.scheme === 'untitled') return { kind: namedBy === 'listing' ? 'refused' : 'allowed' };
    const place = await findRealPlace(uri);
    const hidden = (await this.rules.hides(uri)) || (!place.outside && (await this.rules.hides(place.uri)));
    return decideAboutFile(
      { path: place.uri.path, foundAt: uri.path, outside: place.outside, hidden, binary },
      namedBy,
    );
  }
}

function question(uri: vscode.Uri, reason: GuardReason): string {
  const name = plainText(baseName(uri.path));
  switch (reason) {
    case 'secret':
      return vscode.l10n.t('{0} may contain secrets. Attach it anyway?', name);
    case 'outside':
      return vscode.l10n.t('{0} is outside the workspace. Attach it anyway?', name);
    case 'hidden':
      return vscode.l10n.t('{0} is hidden by .gitignore or by the exclude settings. Attach it anyway?', name);
    case 'binary':
      return vscode.l10n.t('{0} is not a text file. Attach it anyway?', name);
  }
}

/** The sentence for a further reason, below the question. */
function sentenceFor(reason: GuardReason): string {
  switch (reason) {
    case 'secret':
      return vscode.l10n.t('It may contain secrets.');
    case 'outside':
      return vscode.l10n.t('It is outside the workspace.');
    case 'hidden':
      return vscode.l10n.t('It is hidden by .gitignore or by the exclude settings.');
    case 'binary':
      return vscode.l10n.t('It is not a text file.');
  }
}
