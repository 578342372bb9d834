import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { parley } from './parley';
import { closeAll } from './proposals';

/** The content of the file `maths.ts`. */
export const source = `export function add(left: number, right: number): number {
  return left + right;
}

export function divide(left: number, right: number): number {
  return left / right;
}
`;

/** A code block that changes one function of the file. */
export const better = `export function divide(left: number, right: number): number {
  if (right === 0) throw new RangeError();
  return left / right;
}`;

/** The content of the file after the block was applied. */
export const applied = source.replace(
  '  return left / right;',
  '  if (right === 0) throw new RangeError();\n  return left / right;',
);

/** A folder in the workspace, with a file that code is applied to. */
export interface ApplyFolder {
  /** The path of the workspace folder. */
  root: string;
  /** The path of the folder, relative to the workspace folder. Each test has another one: VS Code keeps texts of closed files. */
  inside: string;
  /** The absolute path of the folder. */
  path: string;
  /** `maths.ts` in the folder. */
  file: vscode.Uri;
}

let count = 0;

/** A new folder for each test of a `describe`. */
export function useApplyFolder(): ApplyFolder {
  const folder: ApplyFolder = { root: '', inside: '', path: '', file: vscode.Uri.file('/') };
  beforeEach(async () => {
    await closeAll();
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first, 'There is no workspace.');
    folder.root = first.uri.fsPath;
    folder.inside = `apply${++count}`;
    folder.path = join(folder.root, folder.inside);
    await mkdir(folder.path, { recursive: true });
    folder.file = vscode.Uri.file(join(folder.path, 'maths.ts'));
    await writeFile(folder.file.fsPath, source);
  });
  afterEach(async () => {
    await closeAll();
    await rm(folder.path, { recursive: true, force: true });
  });
  return folder;
}

/** Applies a code block, as the Apply button does. */
export async function applyBlock(text: string, info: string, before = ''): Promise<void> {
  const { intents } = await parley();
  await intents.handle({ type: 'apply-code', body: { id: 'answer', text, info, before } });
}
