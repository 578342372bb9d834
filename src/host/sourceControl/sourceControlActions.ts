import type * as vscode from 'vscode';
import { TokenCounter } from '../../core/prompt/tokenCounter';
import { DisposableStore } from '../../shared/kit/disposable';
import { StoredCalibration } from '../models/storedCalibration';
import { ChangeReviews } from './changeReviews';
import { CommitMessages } from './commitMessages';
import { describeBranch } from './describeBranch';
import type { SourceControlPorts } from './sourceControlPorts';

/** What Source Control offers. In a bundle of its own, which is loaded on first use. */
export class SourceControlActions implements vscode.Disposable {
  readonly commitMessages: CommitMessages;
  readonly changeReviews: ChangeReviews;
  private readonly counter: TokenCounter;
  private readonly subscriptions = new DisposableStore();

  constructor(private readonly ports: SourceControlPorts) {
    this.counter = new TokenCounter(new StoredCalibration(ports.memory, ports.log));
    this.commitMessages = this.subscriptions.add(new CommitMessages(ports, this.counter));
    this.changeReviews = this.subscriptions.add(new ChangeReviews(ports, this.counter));
  }

  /** Opens a description of the current branch for a pull request. */
  async describeBranch(clicked: unknown): Promise<void> {
    await describeBranch(this.ports, this.counter, clicked);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}
