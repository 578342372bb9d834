import { equal } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { startVSCode, type VSCode } from './startVSCode';
import { TestGateway, type GatewayBehaviour } from './testGateway';
import { composerFocused, openParley } from './workbench';

/** What a chat window is opened with. */
export interface ChatWindowOptions {
  /** User settings, in addition to the gateway and the default model. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Models of the gateway's settings, in addition to `gpt-4o` and `gpt-5`. */
  readonly models?: readonly string[];
  /** How the gateway answers. */
  readonly behaviour?: Partial<GatewayBehaviour>;
  /** Writes the files of the workspace, whose path it gets. */
  readonly files?: (workspace: string) => Promise<void>;
  /** The folders of further extensions to install, after `files`. */
  readonly others?: (workspace: string) => readonly string[];
  /** Environment variables of the extension host, after `files`. */
  readonly env?: (workspace: string) => NodeJS.ProcessEnv;
}

interface Opened {
  readonly workspace: string;
  readonly gateway: TestGateway;
  readonly vscode: VSCode;
  readonly page: Page;
  /** The gateway's behaviour at the beginning of each test. */
  readonly calm: GatewayBehaviour;
}

/** A real VS Code with Parley open, and a gateway on loopback. Usually made by `withParley`, which opens and disposes it. */
export class ChatWindow {
  private opened: Opened | undefined;

  constructor(private readonly options: ChatWindowOptions = {}) {}

  /** Opens the window. The gateway is named Loopback and offers `gpt-4o`, with a window of 10,000 tokens, and `gpt-5`. */
  async open(): Promise<void> {
    const { settings, models: more = [], behaviour, files, others, env } = this.options;
    const workspace = await mkdtemp(join(tmpdir(), 'parley-workspace-'));
    await files?.(workspace);
    const gateway = await TestGateway.start({ pieces: ['Hello ', 'there.'], ...behaviour });
    const models = [
      { id: 'gpt-4o', contextWindow: 10_000, vision: true },
      { id: 'gpt-5' },
      ...more.map((id) => ({ id })),
    ];
    const vscode = await startVSCode({
      workspace,
      ...(env !== undefined && { env: env(workspace) }),
      ...(others !== undefined && { others: others(workspace) }),
      settings: {
        'parley.gateways': [
          { id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none', models },
        ],
        'parley.defaultModel': 'loopback/gpt-4o',
        ...settings,
      },
    });
    const page = await vscode.page();
    this.opened = { workspace, gateway, vscode, page, calm: { ...gateway.behaviour } };
    await openParley(page);
    await this.composer.waitFor();
  }

  get page(): Page {
    return this.parts.page;
  }

  get gateway(): TestGateway {
    return this.parts.gateway;
  }

  /** The folder that VS Code has open. */
  get workspace(): string {
    return this.parts.workspace;
  }

  /** The folder for everything that this VS Code writes; see `VSCode.dataFolder`. */
  get dataFolder(): string {
    return this.parts.vscode.dataFolder;
  }

  /** The panel's document, also after a reload. */
  get view(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** The input for prompts. */
  get composer(): Locator {
    return this.view.getByRole('textbox', { name: 'Message' });
  }

  /** The attachments of the next prompt. */
  get chips(): Locator {
    return this.view.getByRole('list', { name: 'Context' });
  }

  /** All messages of the last request, as one text. */
  get lastAsked(): string {
    return JSON.stringify(this.gateway.lastRequest.body.messages);
  }

  /** The last answer of a model. */
  answer(model = 'gpt-4o'): Locator {
    return this.view.getByRole('article', { name: model }).last();
  }

  /** The announcement for screen readers with this text. */
  status(text: string): Locator {
    return this.view.getByRole('status').filter({ hasText: text }).first();
  }

  /** Starts an empty chat and restores the gateway's first behaviour. */
  async newChat(): Promise<void> {
    Object.assign(this.gateway.behaviour, this.parts.calm);
    await this.view.getByRole('button', { name: 'New Chat' }).click();
    await this.view.getByRole('article').first().waitFor({ state: 'detached' });
    await composerFocused(this.page);
    await this.composer.fill('');
  }

  /** Types a prompt and sends it. */
  async ask(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Types a prompt, sends it and waits until the answer is complete. */
  async askAndWait(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.sendAndWait();
  }

  /** Sends the prompt in the composer and waits until the answer is complete. */
  async sendAndWait(): Promise<void> {
    const articles = this.view.getByRole('article');
    const before = await articles.count();
    await this.composer.press('Enter');
    // The status of the previous answer may still be displayed, so wait for the new article first.
    await articles.nth(before + 1).waitFor({ state: 'attached' });
    await this.view.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    await this.status('Answer complete').waitFor({ state: 'attached' });
  }

  /** Waits until the composer has exactly this text. */
  async composed(text: string): Promise<void> {
    let value = await this.composer.inputValue();
    for (let attempt = 0; value !== text && attempt < 200; attempt += 1) {
      await this.page.waitForTimeout(50);
      value = await this.composer.inputValue();
    }
    equal(value, text);
  }

  /** Pastes into the composer until this text comes: the clipboard is written a moment after a click on Copy. */
  async pasted(expected: string): Promise<void> {
    await this.composer.click();
    for (let text = ''; text.trim() !== expected; text = await this.composer.inputValue()) {
      await this.composer.fill('');
      await this.composer.press('Control+V');
      await this.composer.and(this.view.locator(':not(:placeholder-shown)')).waitFor();
    }
    await this.composer.fill('');
  }

  /** Presses a button of an answer, which a narrow panel keeps in a menu. */
  async pressOnAnswer(name: string): Promise<void> {
    await this.answer().hover();
    const button = this.answer().getByRole('button', { name });
    if (await button.isVisible()) {
      await button.click();
      return;
    }
    await this.answer().getByRole('button', { name: 'More Actions' }).click();
    await this.view.getByRole('menuitem', { name }).click();
  }

  /** Waits until an element of the panel has the focus. */
  async focused(target: Locator): Promise<void> {
    await target.and(this.view.locator(':focus')).waitFor();
  }

  async dispose(): Promise<void> {
    if (this.opened === undefined) return;
    const { vscode, gateway, workspace } = this.opened;
    this.opened = undefined;
    await vscode.dispose();
    await gateway.stop();
    await rm(workspace, { recursive: true, force: true });
  }

  private get parts(): Opened {
    if (this.opened === undefined) throw new Error('The chat window is not open.');
    return this.opened;
  }
}
