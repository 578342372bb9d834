import type * as vscode from 'vscode';
import { TokenCounter } from '../../core/prompt/tokenCounter';
import { DisposableStore } from '../../shared/kit/disposable';
import { StoredCalibration } from '../models/storedCalibration';
import { CommitMessages } from './commitMessages';
import type { SourceControlPorts } from './sourceControlPorts';

/** What Source Control offers. In a bundle of its own, which is loaded on first use. */
export class SourceControlActions implements vscode.Disposable {
  readonly commitMessages: CommitMessages;
  private readonly subscriptions = new DisposableStore();

  constructor(ports: SourceControlPorts) {
    const counter = new TokenCounter(new StoredCalibration(ports.memory, ports.log));
    this.commitMessages = this.subscriptions.add(new CommitMessages(ports, counter));
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}
