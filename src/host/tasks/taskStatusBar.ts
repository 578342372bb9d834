import { StatusBarAlignment, l10n, window, type StatusBarItem } from 'vscode';
import type { Disposable } from '../../shared/kit/disposable';

/** The status bar item with the number of running tasks. Hidden while no task runs. */
export class TaskStatusBar implements Disposable {
  private readonly item: StatusBarItem;

  constructor() {
    // To the left of the model.
    this.item = window.createStatusBarItem('parley.tasks', StatusBarAlignment.Right, 101);
    this.item.name = l10n.t('Parley Tasks');
    this.item.command = 'parley.showTasks';
    this.item.tooltip = l10n.t('Tasks that gateways work on. Click to open or stop them.');
  }

  /** Shows how many tasks run. */
  show(count: number): void {
    if (count === 0) {
      this.item.hide();
      return;
    }
    const words = count === 1 ? l10n.t('1 task') : l10n.t('{0} tasks', count);
    this.item.text = `$(sync~spin) ${words}`;
    this.item.accessibilityInformation = { label: l10n.t('Parley: {0} running', words), role: 'button' };
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}
