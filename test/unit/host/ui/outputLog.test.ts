import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { OutputLog } from '../../../../src/host/ui/outputLog';

describe('the log in the Output panel', () => {
  const channelAt = (logLevel: number): { channel: vscode.LogOutputChannel; traced: string[] } => {
    const traced: string[] = [];
    const channel = { logLevel, trace: (message: string) => void traced.push(message) };
    return { channel: channel as unknown as vscode.LogOutputChannel, traced };
  };

  it('traces requests at the level Trace only', () => {
    for (const level of [0, 2, 3, 4, 5])
      assert.equal(new OutputLog(() => channelAt(level).channel).trace, undefined);
    assert.notEqual(new OutputLog(() => channelAt(1).channel).trace, undefined);
  });

  it('hides keys in a trace', () => {
    const { channel, traced } = channelAt(1);
    new OutputLog(() => channel).trace?.('Authorization: Bearer sk-0123456789abcdef');
    assert.deepEqual(traced.length, 1);
    assert.doesNotMatch(traced.join(), /0123456789/);
  });
});
