import {
  CodeAction,
  CodeActionKind,
  l10n,
  languages,
  type Disposable,
  type Range,
  type Selection,
  type TextDocument,
} from 'vscode';
import { isDocumentOfUser } from '../documents/isDocumentOfUser';
import { userValue } from '../settings/userValue';

/**
 * Offers Parley's edits in the light bulb, while the setting `parley.codeActions` is on. They come after those of the language,
 * because VS Code sorts by the selector and `'*'` is the weakest, and none is preferred.
 */
export class LightBulb implements Disposable {
  private provider: Disposable | undefined;

  constructor() {
    this.update();
  }

  /** Follows the setting. */
  update(): void {
    const isOn = userValue('codeActions') !== false;
    if (isOn === (this.provider !== undefined)) return;
    this.provider?.dispose();
    this.provider = isOn
      ? languages.registerCodeActionsProvider('*', {
          provideCodeActions: (document, range, { diagnostics }) =>
            codeActions(document, range, diagnostics.length > 0),
        })
      : undefined;
  }

  dispose(): void {
    this.provider?.dispose();
  }
}

function codeActions(document: TextDocument, range: Range | Selection, hasProblem: boolean): CodeAction[] {
  if (!isDocumentOfUser(document.uri)) return [];
  const { QuickFix, RefactorRewrite } = CodeActionKind;
  const action = (title: string, kind: CodeActionKind, command: string): CodeAction => {
    const made = new CodeAction(title, kind);
    made.command = { title, command, arguments: [document.uri, range] };
    return made;
  };
  return [
    ...(hasProblem ? [action(l10n.t('Fix with Parley'), QuickFix, 'parley.fixProblems')] : []),
    ...(range.isEmpty
      ? []
      : [
          action(l10n.t('Edit with Parley…'), RefactorRewrite, 'parley.inlineEdit'),
          action(l10n.t('Refactor with Parley…'), RefactorRewrite, 'parley.refactor'),
          action(l10n.t('Document with Parley'), RefactorRewrite, 'parley.document'),
          action(l10n.t('Write Tests with Parley'), RefactorRewrite, 'parley.writeTests'),
        ]),
  ];
}
