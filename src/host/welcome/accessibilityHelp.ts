import * as vscode from 'vscode';
import { ReadOnlyDocuments } from '../ui/readOnlyDocuments';

/**
 * Shows a document about using the panel with the keyboard and a screen reader. In a bundle of its own, which is loaded on first
 * use.
 */
export class AccessibilityHelp implements vscode.Disposable {
  private readonly documents = new ReadOnlyDocuments('parley-help');

  /** Opens the document with the cursor at the start. */
  async show(): Promise<void> {
    const uri = this.documents.set(`/${vscode.l10n.t('Parley: Accessibility Help')}`, helpText());
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'markdown');
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(0, 0, 0, 0) });
  }

  dispose(): void {
    this.documents.dispose();
  }
}

function helpText(): string {
  const { l10n } = vscode;
  const control = process.platform === 'darwin' ? 'Cmd' : 'Ctrl';
  const sections: readonly (readonly [heading: string, ...sentences: string[]])[] = [
    [
      l10n.t('The panel'),
      l10n.t('{0} opens the chat and moves the focus to the message field.', `${control}+K ${control}+G`),
      l10n.t('Tab moves from the header through the chat to the message field and its buttons.'),
      l10n.t('F6 moves the focus between the panel and the other parts of VS Code.'),
    ],
    [
      l10n.t('Writing prompts'),
      l10n.t('Enter sends the message. Shift+Enter starts a new line.'),
      l10n.t(
        'While an answer is being written, Enter queues the message, {0} stops the answer and sends the message, and Escape stops the answer.',
        `${control}+Enter`,
      ),
      l10n.t(
        'At the start of a message, / lists prompts. @ lists files and symbols, and # lists the selection, problems, changes and the terminal. Use the arrow keys to select, Enter to accept, and Escape to close the list.',
      ),
      l10n.t(
        'Up Arrow on the first line brings back earlier prompts. Down Arrow on the last line returns to the draft.',
      ),
    ],
    [
      l10n.t('Reading'),
      l10n.t('The chat is a feed. Each message is an article named by its model, or “You”.'),
      l10n.t(
        'Text is not read aloud while it streams. “Answer complete”, “Stopped” or “Failed” is announced at the end.',
      ),
      l10n.t('A failure is an alert in its message, with one or two buttons for what helps.'),
      l10n.t(
        'Each code block is a group named by its language, with buttons to copy it, insert it, apply it or open it as a new file.',
      ),
      l10n.t(
        '“Parley: Show Keyboard Shortcuts” lists all shortcuts, “Parley: Find in Chat” searches the chat, and “Parley: Copy Last Answer” copies the last answer as Markdown.',
      ),
    ],
    [
      l10n.t('The editor'),
      l10n.t('{0} explains the selection, or the function around the cursor.', `${control}+K ${control}+Y`),
      l10n.t(
        'A proposed change opens as a diff. Use “Parley: Accept Change” or “Parley: Discard Change”. One undo reverts an accepted change.',
      ),
      l10n.t(
        "Parley has one item in the Status Bar. It shows the model's name, and Enter on it selects another model.",
      ),
    ],
  ];
  const parts = sections.map(([heading, ...sentences]) =>
    [`## ${heading}`, ...sentences.map((sentence) => `- ${sentence}`)].join('\n'),
  );
  return `# ${l10n.t('Parley: Accessibility Help')}\n\n${parts.join('\n\n')}\n`;
}
