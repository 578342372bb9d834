import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import type { ToViewMessage } from '../../../src/shared/messages/toView';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import { startVSCode, type VSCode } from '../../support/startVSCode';
import { openParley, panel } from '../../support/workbench';
import { Beacon } from './beacon';
import { buildWitness } from './buildWitness';
import { grow } from './growingConversation';
import { eventsOf, shownIds } from './hostileConversation';
import { HostileGateway, promptFor } from './hostileGateway';
import type { HostileInput } from './hostileInputs';
import { hostileSurroundings, hostileWelcome } from './hostileSurroundings';
import { Watch, type Finding } from './watch';

/** How long something may take, in milliseconds. */
export interface Limits {
  /** All of it: much more than it ever does, on a slow machine, too. */
  readonly whole: number;
  /** That the page stands still at a time. */
  readonly standstill: number;
}

const usual: Limits = { whole: 120_000, standstill: 6_000 };

const silent = (): void => undefined;
const silentLog = { debug: silent, info: silent, warn: silent, error: silent };

/** A real VS Code with Parley's panel open in it, and everything listening that notices what hostile text does. */
export class HostileWindow {
  readonly watch: Watch;
  /** The renderers that have drawn something hostile so far. */
  readonly renderers = new Set<string>();
  private openPage: Page | undefined;
  private panelFrame: Frame | undefined;
  private conversations = 0;

  private constructor(
    readonly vscode: VSCode,
    readonly beacon: Beacon,
    readonly gateway: HostileGateway,
    private readonly witness: string,
  ) {
    this.watch = new Watch(beacon.host);
  }

  /** Starts everything and opens the panel. The caller disposes it. */
  static async start(): Promise<HostileWindow> {
    const [beacon, gateway, witness] = await Promise.all([
      Beacon.start(),
      HostileGateway.start(),
      buildWitness(),
    ]);
    const vscode = await startVSCode({
      settings: {
        'parley.gateways': [{ id: 'hostile', name: 'Hostile', baseUrl: gateway.baseUrl, auth: 'none' }],
        'parley.defaultModel': 'hostile/gpt-4o',
      },
    });
    const window = new HostileWindow(vscode, beacon, gateway, witness);
    await window.open();
    return window;
  }

  get page(): Page {
    if (this.openPage === undefined) throw new Error('The window is not open.');
    return this.openPage;
  }

  /** The panel's page. */
  get frame(): Frame {
    if (this.panelFrame === undefined) throw new Error('The panel is not open.');
    return this.panelFrame;
  }

  async dispose(): Promise<void> {
    await this.vscode.dispose();
    await this.gateway.stop();
    await this.beacon.stop();
  }

  /** Shows inputs as a conversation that was on the disk: each whole, in every place that takes words or addresses. */
  async tryKept(inputs: readonly HostileInput[]): Promise<Finding[]> {
    const id = this.nextId();
    const folder = join(this.vscode.dataFolder, 'user', 'User', 'globalStorage', 'parley.parley');
    const store = createConversationStore({ folder, log: silentLog, now: Date.now });
    await store.append(id, eventsOf(id, inputs));
    await store.flush();
    return await this.observe(async () => {
      await this.post('open-chat', { id });
      await this.drawn(inputs.flatMap((input) => shownIds(id, input)));
    });
  }

  /** Lets inputs come piece by piece, all at once, each as an answer by itself; before and after, as the names around a chat. */
  async tryGrown(inputs: readonly HostileInput[], seed: number): Promise<Finding[]> {
    const id = this.nextId();
    const growth = grow(id, inputs, seed);
    return await this.observe(async () => {
      await this.show([hostileWelcome(this.nextId(), inputs)]);
      await this.frame.evaluate(({ first, steps }) => hostileWitness.grow(first, steps), growth);
      await this.drawn(inputs.flatMap((input) => shownIds(id, input)));
      await this.show(hostileSurroundings(inputs));
    });
  }

  /** Asks the gateway, and lets it stream inputs after each other as one answer. */
  async tryStreamed(inputs: readonly HostileInput[]): Promise<Finding[]> {
    const pack = { id: this.conversations, inputs };
    this.nextId();
    this.gateway.offer(pack);
    return await this.observe(async () => {
      await this.post('new-chat', {});
      await this.frame.waitForFunction(() => document.querySelector('article') === null);
      await this.post('submit', { text: promptFor(pack) });
      await this.frame.waitForFunction(
        () =>
          document.querySelectorAll('article').length === 2 &&
          !document.body.classList.contains('streaming') &&
          document.querySelector('article.answer .figures') !== null,
        undefined,
        { timeout: usual.whole },
      );
      await this.drawn([]);
    });
  }

  /** Does something and tells what came of it that should not. A page that no longer answers is given up for a new one. */
  async observe(action: () => Promise<void>, { whole, standstill }: Limits = usual): Promise<Finding[]> {
    await this.frame.evaluate(() => {
      hostileWitness.begin();
    });
    const hits = this.beacon.hits.length;
    try {
      await within(whole, action());
      const report = await within(
        whole,
        this.frame.evaluate(() => hostileWitness.report()),
      );
      for (const name of report.renderers) this.renderers.add(name);
      for (const what of report.violations) this.watch.add('policy', what);
      for (const what of [...report.failures, ...report.traces]) this.watch.add('other', what);
      for (const what of report.unfinished) this.watch.add('hang', `Never drawn: ${what}`);
      if (report.longestTask > standstill)
        this.watch.add('hang', `Stood still for ${String(Math.round(report.longestTask))} ms`);
    } catch (error) {
      this.watch.add('hang', error instanceof Error ? error.message : String(error));
      await this.reopen();
    }
    for (const hit of this.beacon.hits.slice(hits)) this.watch.add('request', `Came through: ${hit}`);
    return this.watch.drain();
  }

  /** Sends the host a message as the page does. */
  async post(type: string, body: unknown): Promise<void> {
    await this.frame.evaluate(
      (message) => {
        hostileWitness.post(message.type, message.body);
      },
      { type, body },
    );
  }

  private async show(messages: readonly ToViewMessage[]): Promise<void> {
    await this.frame.evaluate((given) => hostileWitness.show(given), messages);
  }

  private async drawn(ids: readonly string[]): Promise<void> {
    await this.frame.evaluate(({ wanted, time }) => hostileWitness.drawn(wanted, time), {
      wanted: ids,
      time: usual.whole / 2,
    });
  }

  private nextId(): string {
    this.conversations += 1;
    return `hostile-${String(this.conversations)}`;
  }

  private async open(): Promise<void> {
    const isFirst = this.openPage === undefined;
    const page = await this.vscode.page();
    this.openPage = page;
    this.watch.attach(page);
    if (isFirst) {
      // For this window and those that may come after it.
      await page.context().exposeFunction('hostileScriptRan', (what: unknown) => {
        this.watch.add('script', String(what));
      });
      await page.context().addInitScript({ content: this.witness });
    }
    // In a later window VS Code shows the panel by itself.
    const view = isFirst ? await openParley(page) : await panel(page);
    await view.getByRole('textbox', { name: 'Message' }).waitFor();
    this.panelFrame = await findPanel(page);
    this.watch.guard(this.panelFrame);
    await this.panelFrame.evaluate(() => {
      hostileWitness.settle();
    });
  }

  private async reopen(): Promise<void> {
    await this.openPage?.close();
    await this.open();
  }
}

async function within<Result>(time: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`The page has not answered for ${String(time / 1_000)} s.`));
    }, time);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function findPanel(page: Page): Promise<Frame> {
  for (const frame of page.frames()) {
    if (await frame.evaluate(() => 'hostileWitness' in globalThis && hostileWitness.isInPanel)) return frame;
  }
  throw new Error('None of the frames is the panel.');
}
