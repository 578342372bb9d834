import {
  StatusBarAlignment,
  l10n,
  languages,
  window,
  workspace,
  type InlineCompletionItemProvider,
  type MarkdownString,
  type StatusBarItem,
} from 'vscode';
import type { Disposable } from '../../shared/kit/disposable';
import { userValue } from '../settings/userValue';

/** The schemes of documents that are completed. Others, such as VS Code's chat input, are left alone. */
const schemes = ['file', 'untitled', 'vscode-remote', 'vscode-notebook-cell', 'vscode-scm'];

/** What the Status Bar says about completions. */
export interface ShownCompletions {
  /** The name of an icon. */
  readonly icon: string;
  /** What a screen reader says. */
  readonly label: string;
  readonly tooltip: MarkdownString | string;
}

/**
 * Asks for completions while the setting `parley.completions.enabled` is on, and has their place in the Status Bar. Part of the entry:
 * VS Code asks a provider only if it was registered at the start of the window.
 */
export class CompletionSwitch implements Disposable {
  private readonly item: StatusBarItem;
  private readonly subscription: Disposable;
  private provider: Disposable | undefined;

  /** @param provide Loads what completes, with the first question. */
  constructor(private readonly provide: InlineCompletionItemProvider['provideInlineCompletionItems']) {
    this.item = window.createStatusBarItem('parley.completions', StatusBarAlignment.Right, 99);
    this.item.name = l10n.t('Parley Completions');
    this.item.command = 'parley.toggleCompletions';
    this.subscription = workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('parley.completions.enabled')) this.update();
    });
    this.update();
    this.item.show();
  }

  /** True while completions are on. */
  get isOn(): boolean {
    return this.provider !== undefined;
  }

  /** Shows the state of completions that are on. */
  show({ icon, label, tooltip }: ShownCompletions): void {
    if (!this.isOn) return;
    this.item.text = `$(${icon})`;
    this.item.accessibilityInformation = { label };
    this.item.tooltip = tooltip;
  }

  dispose(): void {
    this.subscription.dispose();
    this.provider?.dispose();
    this.item.dispose();
  }

  private update(): void {
    const isWanted = userValue('completions.enabled') === true;
    if (isWanted) {
      const { provide } = this;
      const selector = schemes.map((scheme) => ({ scheme }));
      this.provider ??= languages.registerInlineCompletionItemProvider(selector, {
        provideInlineCompletionItems: provide,
      });
    } else {
      this.provider?.dispose();
      this.provider = undefined;
    }
    const label = isWanted ? l10n.t('Parley completions: on') : l10n.t('Parley completions: off');
    this.item.text = isWanted ? '$(sparkle-filled)' : '$(sparkle)';
    this.item.accessibilityInformation = { label };
    this.item.tooltip = isWanted
      ? l10n.t('{0}. Click to turn them off.', label)
      : l10n.t('{0}. Click to complete code with one of your models while you type.', label);
  }
}
