import * as vscode from 'vscode';
import type { Disposable } from '../../shared/kit/disposable';

/** Parley's status bar item: shows the model of the next prompt, and a spinner while an answer is written. */
export class ModelStatusBar implements Disposable {
  private readonly item: vscode.StatusBarItem;
  private name: string | undefined;
  private answering = false;

  constructor() {
    this.item = vscode.window.createStatusBarItem('parley.model', vscode.StatusBarAlignment.Right, 100);
    this.item.name = vscode.l10n.t('Parley Model');
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
    const name = this.name ?? vscode.l10n.t('no model');
    const label = vscode.l10n.t('Parley model: {0}', name);
    this.item.text = `${this.answering ? '$(loading~spin)' : '$(comment-discussion)'} ${name}`;
    this.item.accessibilityInformation = { label };
    this.item.tooltip = vscode.l10n.t('{0}. Click to select another model.', label);
    this.item.show();
  }
}
