import * as vscode from 'vscode';
import { DisposableStore } from '../../shared/kit/disposable';

const scheme = 'parley-help';

/** Shows a document about using the panel with the keyboard and a screen reader. In a bundle of its own, which is loaded on first use. */
export class AccessibilityHelp implements vscode.Disposable {
  private readonly subscriptions = new DisposableStore();

  constructor() {
    this.subscriptions.add(
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        provideTextDocumentContent: () => helpText(),
      }),
    );
  }

  /** Opens the document with the cursor at the start. */
  async show(): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${vscode.l10n.t('Parley: Accessibility Help')}` });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'markdown');
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(0, 0, 0, 0) });
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}

function helpText(): string {
  const { l10n } = vscode;
  const control = process.platform === 'darwin' ? 'Cmd' : 'Ctrl';
  const sections: readonly (readonly [heading: string, ...sentences: string[]])[] = [
    [
      l10n.t('The panel'),
      l10n.t('{0} opens the chat and puts the cursor into the message field.', `${control}+K ${control}+G`),
      l10n.t('Tab goes from the header through the conversation to the message field and its buttons.'),
      l10n.t('F6 leads from the panel to the other parts of VS Code and back.'),
    ],
    [
      l10n.t('Asking'),
      l10n.t('Enter sends the message; Shift+Enter begins a new line.'),
      l10n.t(
        'While an answer comes, Enter lets the message wait for its turn, {0} stops the answer and sends it, and Escape stops the answer.',
        `${control}+Enter`,
      ),
      l10n.t(
        'At the beginning of a message, / lists prompts; @ lists files and symbols, # lists the selection, problems, changes and the terminal. Arrow keys choose, Enter accepts, Escape closes the list.',
      ),
      l10n.t(
        'Up arrow on the first line brings back earlier messages, Down arrow on the last line returns to the draft.',
      ),
    ],
    [
      l10n.t('Reading'),
      l10n.t(
        'The conversation is a feed: each message is an article that bears the name of its model, or You.',
      ),
      l10n.t(
        'Text is not read out while it streams. “Answer complete”, “Stopped” or “Failed” is announced at the end.',
      ),
      l10n.t('A failure is an alert inside of its message, with one button that helps.'),
      l10n.t(
        'Each code block is a group named by its language, with buttons to copy it, insert it, apply it or make a new file of it.',
      ),
      l10n.t(
        'The command “Parley: Show Keyboard Shortcuts” lists all keys, “Parley: Find in Chat” searches the conversation, and “Parley: Copy Last Answer” puts the last answer on the clipboard as Markdown.',
      ),
    ],
    [
      l10n.t('The editor'),
      l10n.t(
        '{0} explains what is selected, or else the function around the cursor.',
        `${control}+K ${control}+Y`,
      ),
      l10n.t(
        'A proposed change opens as a diff; “Parley: Accept Change” and “Parley: Discard Change” decide about it, and one undo takes an accepted change back.',
      ),
      l10n.t('The status bar has one item of Parley: it names the model, and Enter on it chooses another.'),
    ],
  ];
  const parts = sections.map(([heading, ...sentences]) =>
    [`## ${heading}`, ...sentences.map((sentence) => `- ${sentence}`)].join('\n'),
  );
  return `# ${l10n.t('Parley: Accessibility Help')}\n\n${parts.join('\n\n')}\n`;
}
