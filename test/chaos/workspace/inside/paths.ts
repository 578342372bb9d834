import assert from 'node:assert/strict';
import { mkdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import { filesNamedIn } from '../../../../src/core/context/filesNamedIn';
import { findNamedFiles } from '../../../../src/host/workspace/findNamedFiles';
import { ContextGuard } from '../../../../src/host/workspace/contextGuard';
import { readDroppedUri } from '../../../../src/host/context/readDroppedUri';
import { WorkspaceRules } from '../../../../src/host/workspace/workspaceRules';
import { readWorkspaceText } from '../../../../src/host/workspace/readWorkspaceText';
import { parley, until } from '../../../integration/parley';
import { actingPaths, linkingName } from '../hostilePaths';
import { outsideMark, victim } from '../hostileWorkspace';
import type { PathPlan, PathReport } from './plan';

const better = `export function divide(left: number, right: number): number {
  if (right === 0) throw new RangeError();
  return left / right;
}`;

/** Hands hostile paths to whatever takes paths, and notes each that gets out. */
export class Paths {
  private readonly escapes: string[] = [];
  private readonly questions: string[] = [];
  private tried = 0;
  private readonly rules = new WorkspaceRules();
  private readonly guard = new ContextGuard(this.rules, () => 'the model');
  private readonly folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  private roots: readonly string[] = [];

  constructor(private readonly plan: PathPlan) {}

  async run(): Promise<PathReport> {
    this.roots = await Promise.all(this.folders.map((folder) => realpath(folder)));
    for (const path of this.plan.paths) {
      await this.tryNames(path);
      await this.tryContext(path);
    }
    for (const path of this.plan.inProduct) await this.tryProduct(path);
    for (const path of actingPaths) await this.tryActing(path);
    await this.tryLinkingName();
    await this.tryLateLinks();
    const read = await this.race();
    this.rules.dispose();
    const { escapes, questions, tried } = this;
    return { escapes, questions, tried, races: this.plan.races, read };
  }

  /** What an answer may call a file. */
  private async tryNames(path: string): Promise<void> {
    this.tried += 1;
    for (const { uri } of await findNamedFiles(path)) await this.expectInside(`named ${path}`, uri);
  }

  /** What a prompt file may link to, and what the page may say was dropped: nothing is taken that nobody is asked about. */
  private async tryContext(path: string): Promise<void> {
    this.tried += 2;
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const linked = filesNamedIn(`[it](${path})`).map((named) => vscode.Uri.joinPath(folder.uri, named.path));
    const dropped = readDroppedUri(path);
    const uris = dropped === undefined ? linked : [...linked, dropped];
    for (const uri of await this.guard.listable(uris)) await this.expectInside(`context ${path}`, uri);
  }

  /** Apply, New File and a drop, as the panel asks for them. */
  private async tryProduct(path: string): Promise<void> {
    this.tried += 3;
    const { intents } = await parley();
    const info = `ts title="${path}"`.slice(0, 1_000);
    const body = { id: 'answer', text: better, info, before: '' };
    await this.closingPicks(intents.handle({ type: 'apply-code', body }));
    await this.asking(intents.handle({ type: 'new-file', body }));
    await this.asking(intents.handle({ type: 'attach-dropped', body: { uris: [path] } }));
    this.expectNothingOpen(`product ${path}`);
    await closeAll();
  }

  /** Nobody answers the question, and so nothing comes of it. */
  private async tryActing(path: string): Promise<void> {
    this.tried += 2;
    const { intents } = await parley();
    const [folder = ''] = this.folders;
    const info = `json title="${path}"`;
    await this.asking(
      intents.handle({ type: 'new-file', body: { id: 'answer', text: '{}', info, before: '' } }),
    );
    const made = vscode.window.activeTextEditor?.document.uri;
    if (made?.path.endsWith(path) === true) this.escapes.push(`acting new ${path}`);
    await closeAll();

    const file = join(folder, path);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, victim);
    await this.closingPicks(
      intents.handle({ type: 'apply-code', body: { id: 'answer', text: better, info, before: '' } }),
    );
    await this.asking(vscode.commands.executeCommand('parley.acceptChange'));
    const text = (await vscode.workspace.openTextDocument(vscode.Uri.file(file))).getText();
    if (text !== victim) this.escapes.push(`acting changed ${path}`);
    await closeAll();
    await rm(file);
  }

  /** A file is called like a link that runs a command. The test outside looks whether the notification has one. */
  private async tryLinkingName(): Promise<void> {
    this.tried += 1;
    const { intents } = await parley();
    const [folder = ''] = this.folders;
    const file = join(folder, `${linkingName}.png`);
    await writeFile(file, 'no picture');
    await intents.handle({ type: 'attach-dropped', body: { uris: [file] } });
    await vscode.commands.executeCommand('notifications.showList');
    await wait(500);
    await vscode.commands.executeCommand('notifications.clearAll');
    await rm(file);
  }

  /** Between the diff and its acceptance the file, or its folder, becomes a link to another place. */
  private async tryLateLinks(): Promise<void> {
    const { intents } = await parley();
    const [folder = ''] = this.folders;
    for (const which of ['file', 'folder'] as const) {
      this.tried += 1;
      const late = join(folder, `late-${which}`);
      const file = join(late, 'victim.ts');
      await mkdir(late);
      await writeFile(file, victim.replace(outsideMark, 'inside'));
      const info = `ts late-${which}/victim.ts`;
      await intents.handle({ type: 'apply-code', body: { id: 'answer', text: better, info, before: '' } });
      const replaced = which === 'file' ? file : late;
      await rename(replaced, join(folder, `was-${which}`));
      await symlink(join(this.plan.late, which === 'file' ? 'victim.ts' : '.'), replaced);
      await vscode.commands.executeCommand('parley.acceptChange');
      const changed = vscode.workspace.textDocuments.filter(
        ({ isDirty, uri }) => isDirty && uri.fsPath.startsWith(late),
      );
      if (changed.length > 0) this.escapes.push(`late ${which}`);
      await closeAll();
      await rm(replaced);
    }
  }

  /** A folder turns into a link and back while a file in it is read, again and again. */
  private async race(): Promise<number> {
    const [folder = ''] = this.folders;
    const [place, real, link] = ['race', 'race-real', 'race-link'].map((name) => join(folder, name));
    assert.ok(place !== undefined && real !== undefined && link !== undefined);
    await mkdir(real);
    await writeFile(join(real, 'secret.md'), 'inside');
    await symlink(this.plan.outside, link);
    const state = { over: false };
    const turning = (async (): Promise<void> => {
      for (let turn = 0; !state.over; turn += 1)
        for (const from of [real, link]) {
          await rename(from, place);
          // Sometimes long enough for a whole reading, sometimes for a step of it.
          await wait(turn % 9);
          await rename(place, from);
        }
    })();
    let read = 0;
    for (let race = 0; race < this.plan.races; race += 1) {
      const text = await readWorkspaceText(vscode.Uri.file(join(place, 'secret.md')), 1_000);
      if (text === undefined) continue;
      read += 1;
      if (text !== 'inside') this.escapes.push(`race ${race}`);
    }
    state.over = true;
    await turning;
    return read;
  }

  private async expectInside(what: string, uri: vscode.Uri): Promise<void> {
    const place = await realpath(uri.fsPath).catch(() => undefined);
    // What is not there yet would be made where its nearest folder is.
    if (place === undefined) {
      const parent = vscode.Uri.joinPath(uri, '..');
      if (parent.path !== uri.path) await this.expectInside(what, parent);
    } else if (!this.roots.some((root) => isIn(root, place))) {
      this.escapes.push(`${what} → ${place}`);
    }
  }

  private expectNothingOpen(what: string): void {
    const { outside } = this.plan;
    for (const { uri } of vscode.workspace.textDocuments)
      if (isIn(outside, uri.fsPath)) this.escapes.push(`${what} opened ${uri.toString()}`);
  }

  /** With no file left Apply asks which; the list is closed until it ends. */
  private async closingPicks(applying: Promise<void>): Promise<void> {
    const over = this.asking(applying).then(() => true);
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return await Promise.race([over, wait(50, false)]);
    });
  }

  /** In tests VS Code refuses to show a dialog, and says what it would have said. */
  private async asking(action: Thenable<unknown>): Promise<void> {
    try {
      await action;
    } catch (error) {
      const question = /refused to show dialog in tests\. Contents: (.*)/.exec(String(error))?.[1];
      if (question === undefined) throw error;
      this.questions.push(question);
    }
  }
}

function isIn(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith('../');
}

async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.commands.executeCommand('notifications.clearAll');
}
