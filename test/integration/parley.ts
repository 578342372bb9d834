import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension';
import type { Composition } from '../../src/host/composition';

/** Activates the extension under test and returns its composition. Works only in VS Code's test mode. */
export async function parley(): Promise<Composition> {
  const extension = vscode.extensions.getExtension<TestAccess | undefined>('parley.parley');
  assert.ok(extension);
  const access = await extension.activate();
  assert.ok(access, 'VS Code does not run in test mode.');
  return await access.composition();
}

/** Sets a user setting of the section `parley`. */
export async function setSetting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('parley').update(name, value, vscode.ConfigurationTarget.Global);
}

/** Resolves when `condition` is true. If it never is, the test ends with its timeout. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}
