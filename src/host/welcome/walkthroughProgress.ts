import * as vscode from 'vscode';

/** The context keys in package.json that complete the first two steps of the walkthrough. */
type WalkthroughKey = 'parley.ready' | 'parley.hasAsked';

/** Tells VS Code which steps of the walkthrough are done, and opens the walkthrough. */
export class WalkthroughProgress {
  private readonly done = new Set<WalkthroughKey>();

  /** Sets whether a step is done. Tells VS Code only if that changed. */
  note(key: WalkthroughKey, isDone: boolean): void {
    if (isDone === this.done.has(key)) return;
    if (isDone) this.done.add(key);
    else this.done.delete(key);
    void setContext(key, isDone);
  }

  /**
   * Opens the walkthrough. VS Code completes a step only when its key becomes true after the first walkthrough was opened, so the
   * keys that are already true are set to false and to true again.
   */
  async open(): Promise<void> {
    await Promise.all([...this.done].map((key) => setContext(key, false)));
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'parley.parley#start', false);
    await Promise.all([...this.done].map((key) => setContext(key, true)));
  }
}

async function setContext(key: WalkthroughKey, value: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}
