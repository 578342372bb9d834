import { StatusBarAlignment, l10n, window, type StatusBarItem } from 'vscode';
import type { Disposable } from '../../shared/kit/disposable';

/** Parley's status bar item: shows the model of the next prompt, and a spinner while an answer is written. */
export class ModelStatusBar implements Disposable {
  private readonly item: StatusBarItem;
  private name: string | undefined;
  private answering = false;

  constructor() {
    this.item = window.createStatusBarItem('parley.model', StatusBarAlignment.Right, 100);
    this.item.name = l10n.t('Parley Model');
    this.item.command = 'parley.selectModel';
  }

  /** Shows a model's name; undefined if no model is chosen. */
  showModel(name: string | undefined): void {
    this.name = name;
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
    const name = this.name ?? l10n.t('no model');
    const label = l10n.t('Parley model: {0}', name);
    this.item.text = `${this.answering ? '$(loading~spin)' : '$(comment-discussion)'} ${name}`;
    this.item.accessibilityInformation = { label };
    this.item.tooltip = l10n.t('{0}. Click to select another model.', label);
    this.item.show();
  }
}
