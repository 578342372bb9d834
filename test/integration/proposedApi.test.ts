import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Proposed APIs of VS Code: the types that the project uses do not have them. */
const proposed: Readonly<Record<string, () => unknown>> = {
  editorInsets: () => call(vscode.window, 'createWebviewTextEditorInset', undefined, 1, 1),
  embeddings: () => call(vscode.lm, 'registerEmbeddingsProvider', 'parley', {}),
  speech: () => call(Reflect.get(vscode, 'speech'), 'registerSpeechProvider', 'parley', {}),
};

function call(owner: unknown, name: string, ...parameters: readonly unknown[]): unknown {
  assert.ok(typeof owner === 'object' && owner !== null);
  const method: unknown = Reflect.get(owner, name);
  assert.ok(typeof method === 'function', `${name} is not in this VS Code; choose another proposed API.`);
  return Reflect.apply(method, owner, parameters);
}

describe('the VS Code under test', () => {
  for (const [proposal, use] of Object.entries(proposed)) {
    it(`refuses the proposed API ${proposal}, as the VS Code of a user does`, () => {
      assert.throws(use, new RegExp(`CANNOT use API proposal: ${proposal}`));
    });
  }

  it('is not asked by Parley for any proposed API: the Marketplace refuses such extensions', () => {
    const { enabledApiProposals } = vscode.extensions.getExtension('parley.parley')?.packageJSON as {
      enabledApiProposals?: unknown;
    };
    assert.equal(enabledApiProposals, undefined);
  });
});
