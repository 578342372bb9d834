import { StatusBarAlignment, l10n, window, type StatusBarItem } from 'vscode';
import type { ShownModel } from './shownModel';
import type { Disposable } from '../../shared/kit/disposable';

/** Parley's status bar item: shows the model of the next prompt, and a spinner while an answer is written. */
export class ModelStatusBar implements Disposable {
  private readonly item: StatusBarItem;
  private model: ShownModel | undefined;
  private answering = false;

  constructor() {
    this.item = window.createStatusBarItem('parley.model', StatusBarAlignment.Right, 100);
    this.item.name = l10n.t('Parley Model');
    this.item.command = 'parley.selectModel';
  }

  /** Shows a model; undefined if no model is chosen. */
  showModel(model: ShownModel | undefined): void {
    this.model = model;
    this.update();
  }

  /** Starts or stops the spinner. */
  showAnswering(answering: boolean): void {
    this.answering = answering;
    this.update();
  }

  dispose(): void {
    this.item.dispose();
  }

  private update(): void {
    const { name, gatewayName } = this.model ?? { name: l10n.t('no model') };
    const shown = gatewayName === undefined ? name : `${name} · ${gatewayName}`;
    const label = l10n.t('Parley model: {0}', shown);
    this.item.text = `${this.answering ? '$(loading~spin)' : '$(comment-discussion)'} ${withoutIcons(shown)}`;
    this.item.accessibilityInformation = { label };
    this.item.tooltip = l10n.t('{0}. Click to select another model.', label);
    this.item.show();
  }
}

/** Escapes a text so that VS Code shows no icon in it. */
function withoutIcons(text: string): string {
  return text.replaceAll('$(', String.raw`\$(`);
}
