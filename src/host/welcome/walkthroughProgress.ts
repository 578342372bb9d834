import * as vscode from 'vscode';

/** What the walkthrough's first two steps wait for: context keys that `package.json` names. */
export type WalkthroughKey = 'parley.ready' | 'parley.hasAsked';

/** Tells VS Code which steps of the walkthrough are done, and opens it. */
export class WalkthroughProgress {
  private readonly done = new Set<WalkthroughKey>();

  /** `isDone` as it is now; only a change is told. */
  note(key: WalkthroughKey, isDone: boolean): void {
    if (isDone === this.done.has(key)) return;
    if (isDone) this.done.add(key);
    else this.done.delete(key);
    void setContext(key, isDone);
  }

  /**
   * VS Code reads walkthroughs when the first one is opened, and then ticks a step only when its key becomes true: one that
   * is true by then has to become so once more.
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
