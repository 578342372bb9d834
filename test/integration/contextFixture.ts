import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { ContextActions } from '../../src/host/context/contextActions';
import type { Attachment } from '../../src/shared/conversation/attachment';
import type { ToView } from '../../src/shared/messages/toView';
import { silentPanel } from '../support/silentPanel';
import { parley, until } from './parley';

/** A PNG picture of one red pixel, in base64. */
export const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

const silent = (): void => undefined;
const silentLog = { debug: silent, info: silent, warn: silent, error: silent };

/** The files and folders that `createFiles` and the tests make in the workspace. */
const createdPaths = [
  '.gitignore',
  'lib',
  'generated',
  'debug.log',
  '.env',
  'picture.png',
  'linked',
  'harmless.txt',
  '.github',
  '.git',
  'secret-changes',
  'docs',
  '新',
  'fresh.bin',
  'fresh.env',
  'empty.ts',
  'brandnew.ts',
  'work.ipynb',
];

/** Context actions in a workspace with ordinary, hidden, secret, binary and linked files. Records the messages to the user. */
export class ContextFixture {
  /** The path of the workspace folder. */
  workspace = '';
  /** The path of a folder outside the workspace, with `far.ts` in it. */
  outside = '';
  /** The path of Parley's storage folder. */
  storage = '';
  /** The last list of files and symbols that was sent to the panel. */
  found: ToView['context-found'] = { request: 0, items: [] };
  /** The last list of prompts that was sent to the panel. */
  prompts: ToView['prompts-found'] = { request: 0, prompts: [] };
  /** The last text that was inserted into the message field. */
  inserted: ToView['insert-text'] | undefined;
  /** The messages of the modal dialogs, which are answered with `answer`. */
  asked: string[] = [];
  /** The details of the modal dialogs. */
  details: string[] = [];
  /** The other messages. */
  warned: string[] = [];
  /** The button that answers modal dialogs; undefined cancels them. */
  answer: string | undefined;
  private running: ContextActions | undefined;

  /** The actions under test. */
  get context(): ContextActions {
    assert.ok(this.running);
    return this.running;
  }

  /** Writes a file of the workspace. */
  async write(path: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(join(this.workspace, path)), { recursive: true });
    await writeFile(join(this.workspace, path), content);
  }

  /**
   * Opens a text file of the workspace in an editor. VS Code may still have the text of an earlier file with this path, and loses
   * the selection when it reads the new one: this waits until it has.
   */
  async show(path: string): Promise<vscode.TextEditor> {
    const uri = vscode.Uri.file(join(this.workspace, path));
    const editor = await vscode.window.showTextDocument(uri, { preview: true });
    const text = await readFile(uri.fsPath, 'utf8');
    await until(() => editor.document.getText() === text);
    return editor;
  }

  /** The attachments of the message field. */
  async pending(): Promise<readonly Attachment[]> {
    const { attachments, sessions } = await parley();
    return attachments.of(sessions.current.conversation.id);
  }

  /** The texts of all attachments. */
  async pendingTexts(): Promise<string> {
    return (await this.pending())
      .map((piece) => (piece.kind === 'image' ? piece.url : piece.text))
      .join('\n');
  }

  /** Removes all attachments of the message field. */
  async clearPending(): Promise<void> {
    const { attachments, sessions } = await parley();
    attachments.take(sessions.current.conversation.id);
  }

  /** The only attachment, which has this kind. */
  async only<Kind extends Attachment['kind']>(kind: Kind): Promise<Extract<Attachment, { kind: Kind }>> {
    const [piece, ...others] = await this.pending();
    assert.equal(others.length, 0);
    assert.equal(piece?.kind, kind);
    return piece as Extract<Attachment, { kind: Kind }>;
  }

  /** Waits until a query lists this label, and returns its id. A new file is listed only after a moment. */
  async findItem(query: string, label: string): Promise<string> {
    let id: string | undefined;
    await until(async () => {
      await this.context.find({ request: 1, query });
      id = this.found.items.find((item) => item.label === label)?.id;
      return id !== undefined;
    });
    assert.ok(id);
    return id;
  }

  /** Creates the files, and replaces VS Code's messages by recorded ones. Returns a function that undoes both. */
  async start(): Promise<() => Promise<void>> {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    this.workspace = folder.uri.fsPath;
    this.outside = await realpath(await mkdtemp(join(tmpdir(), 'parley-outside-')));
    this.storage = await mkdtemp(join(tmpdir(), 'parley-storage-'));
    await this.createFiles();
    this.running = await this.createActions();
    const { showWarningMessage, showInformationMessage } = vscode.window;
    const record = this.recordMessage.bind(this);
    Object.assign(vscode.window, { showWarningMessage: record, showInformationMessage: record });
    return async () => {
      Object.assign(vscode.window, { showWarningMessage, showInformationMessage });
      this.context.dispose();
      await this.clearPending();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      for (const path of createdPaths) await rm(join(this.workspace, path), { recursive: true, force: true });
      for (const path of [this.outside, this.storage]) await rm(path, { recursive: true, force: true });
    };
  }

  /** Starts a new chat without editors, attachments and recorded messages. */
  async reset(): Promise<void> {
    await vscode.commands.executeCommand('parley.newChat');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await this.clearPending();
    this.asked = [];
    this.details = [];
    this.warned = [];
    this.answer = undefined;
    this.inserted = undefined;
  }

  private async createFiles(): Promise<void> {
    await writeFile(join(this.outside, 'far.ts'), 'export const far = "FAR";\n');
    await this.write('.gitignore', 'generated/\n*.log\n');
    await this.write('lib/.gitignore', 'local.ts\n');
    await this.write(
      'lib/add.ts',
      'export function add(a: number, b: number): number {\n  return a + b;\n}\n',
    );
    await this.write('lib/plan.txt', 'step\n  one\nend\n');
    await this.write('lib/local.ts', 'LOCAL');
    await this.write('lib/deep/note.md', 'A note.');
    await this.write('lib/data.dat2', new Uint8Array([1, 0, 2]));
    await this.write('lib/secrets.json', '{"token":"HIDDEN"}');
    await this.write('generated/out.ts', 'GENERATED');
    await this.write('debug.log', 'LOGGED');
    await this.write('.env', 'TOKEN=HIDDEN');
    await this.write('picture.png', Buffer.from(pixel, 'base64'));
    await symlink(this.outside, join(this.workspace, 'linked'));
    await symlink(join(this.workspace, '.env'), join(this.workspace, 'harmless.txt'));
  }

  private async createActions(): Promise<ContextActions> {
    const { sessions, attachments, edits } = await parley();
    const panel = silentPanel(sessions, (type, body) => {
      if (type === 'context-found') this.found = body as ToView['context-found'];
      if (type === 'prompts-found') this.prompts = body as ToView['prompts-found'];
      if (type === 'insert-text') this.inserted = body as ToView['insert-text'];
    });
    return new ContextActions({
      panel,
      attachments,
      edits,
      log: silentLog,
      storage: vscode.Uri.file(this.storage),
      modelName: () => 'gpt-4o',
      instructionFile: () => undefined,
      transcribe: () => Promise.resolve(),
      searchCodebase: () => Promise.resolve([]),
    });
  }

  private recordMessage(message: string, options?: unknown): Promise<string | undefined> {
    const modal = options as vscode.MessageOptions | undefined;
    if (modal?.modal !== true) {
      this.warned.push(message);
      return Promise.resolve(undefined);
    }
    this.asked.push(message);
    this.details.push(modal.detail ?? '');
    return Promise.resolve(this.answer);
  }
}

/** A fixture for the tests of a `describe`. */
export function useContextFixture(): ContextFixture {
  const fixture = new ContextFixture();
  let stop: (() => Promise<void>) | undefined;
  before(async () => {
    stop = await fixture.start();
  });
  beforeEach(() => fixture.reset());
  after(() => stop?.());
  return fixture;
}
