/**
 * Runs in a process of its own: Parley's whole host as `src/extension.ts` starts it, on the recording VS Code, with messages coming
 * to the panel as a webview sends them. Argument: the task, as JSON. Sends its report to the parent.
 */
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import fc from 'fast-check';
import type { Composition } from '../../../src/host/composition';
import { isAllowed } from './allowedEffects';
import { causing, hearEffects, type Effect } from './effects';
import { allMessages, clickedThings, goodMessages, spoiltMessages, swappedMessages } from './hostileMessages';
import { describesIntent, intentShapes } from './intentShapes';
import type { HostReport, HostTask } from './hostTask';
import { isPlain } from './shape';
import { extensionContext } from './vscode/extensionContext';
import { webviewView } from './vscode/webviewView';
import { prepareStage, setStage, type Stage } from './vscode/stage';
import { EventEmitter } from './vscode/values';
import { watchNode } from './watchNode';

/** What an effect was for. */
interface Cause {
  readonly message: unknown;
  readonly isGood: boolean;
}

const mostNotes = 30;
const menuCommands = ['parley.copyMessage', 'parley.forkMessage', 'parley.regenerateWith'];

class GuardedHost {
  private readonly effects: Record<string, number> = {};
  private readonly byType: Record<string, Set<string>> = {};
  private readonly unguarded: string[] = [];
  private unguardedCount = 0;
  private readonly failures = new Set<string>();
  private readonly underway = new Map<unknown, Promise<unknown>>();
  private readonly counts = { refused: 0, accepted: 0, reached: 0 };
  private send: (message: unknown) => void = () => undefined;

  private constructor(
    private readonly task: HostTask,
    private readonly stage: Stage,
    private readonly host: Composition,
  ) {}

  static async start(task: HostTask): Promise<GuardedHost> {
    const stage = await prepareStage(task.folder, task.baseUrl);
    setStage(stage);
    const url = pathToFileURL(path.resolve('test/chaos/guards/vscode/recordingVSCode.ts')).href;
    registerHooks({
      resolve: (specifier, context, next) =>
        specifier === 'vscode' ? { url, shortCircuit: true } : next(specifier, context),
    });
    const { activate } = await import('../../../src/extension');
    const host = await (await activate(extensionContext(stage)))?.composition();
    if (host === undefined) throw new Error('The extension does not know that it is tested.');
    const guarded = new GuardedHost(task, stage, host);
    await guarded.showPanel();
    await guarded.prepareChats();
    return guarded;
  }

  async run(): Promise<HostReport> {
    const { task, counts } = this;
    await loadAll();
    watchNode(this.stage.storage);
    await untilQuiet();
    hearEffects((effect) => {
      this.judge(effect);
    });
    await this.sendRefused();
    this.stage.saysYes = task.saysYes;
    await this.sendOneByOne();
    await this.clickMenus();
    const hanging = await this.stillUnderway();
    hearEffects(() => undefined);
    await this.host.close();
    return {
      ...counts,
      effects: this.effects,
      byType: Object.fromEntries(
        Object.entries(this.byType).map(([type, kinds]) => [type, [...kinds].sort()]),
      ),
      unguarded: this.unguarded,
      unguardedCount: this.unguardedCount,
      hanging,
      failures: [...this.failures],
    };
  }

  private async sendRefused(): Promise<void> {
    const messages = fc.oneof(
      spoiltMessages(intentShapes),
      swappedMessages(intentShapes),
      allMessages(intentShapes),
    );
    for (let round = 0; this.counts.refused < this.task.refused; round += 1) {
      const batch = fc.sample(messages, { numRuns: 2_000, seed: this.task.seed + round });
      for (const message of batch) if (!describesIntent(message)) this.post(message, false);
      await settle();
    }
  }

  private async sendOneByOne(): Promise<void> {
    const messages = fc.oneof(
      { weight: 4, arbitrary: goodMessages(intentShapes) },
      allMessages(intentShapes),
    );
    const { first = [], accepted, seed } = this.task;
    for (const message of [...first, ...fc.sample(messages, { numRuns: accepted, seed })]) {
      await this.ensureChat();
      const named = this.withRealIds(message);
      this.post(named, describesIntent(named));
      await Promise.race([...this.underway.values(), settle()]);
      await settle();
      // A handler may wait for the gateway or the disk; the next message need not.
      if (this.underway.size > 20) await this.stillUnderway();
    }
  }

  /** The page also says on what its context menus were opened, to the commands in them. */
  private async clickMenus(): Promise<void> {
    const { sessions } = this.host;
    const ids = (): string[] => [...sessions.current.conversation.messages.keys()];
    for (const id of menuCommands) {
      await this.ensureChat();
      const clicked = clickedThings([...ids(), this.elsewhere.answer, this.shown]);
      for (const value of fc.sample(clicked, { numRuns: this.task.clicks, seed: this.task.seed })) {
        const messageId = (value as { messageId?: unknown } | null | undefined)?.messageId;
        const isGood = typeof messageId === 'string' && ids().includes(messageId);
        this.counts[isGood ? 'accepted' : 'refused'] += 1;
        await causing({ message: { type: id, body: value }, isGood } satisfies Cause, async () => {
          await this.stage.commands.get(id)?.(value);
          await settle();
        });
      }
    }
  }

  /** An empty chat has nothing that an id could mean. */
  private async ensureChat(): Promise<void> {
    const { sessions, choice } = this.host;
    // A person who says yes to everything soon asks a gateway that cannot be reached from here.
    if (choice.current()?.gatewayId !== 'guarded')
      await causing({ message: { type: 'select-model' }, isGood: true } satisfies Cause, () =>
        choice.select({ gatewayId: 'guarded', modelId: 'good' }),
      );
    if (!sessions.current.empty) return;
    await this.stillUnderway();
    this.post({ type: 'submit', body: { text: 'Here' } }, true);
    await this.stillUnderway();
    await untilIdle(() => sessions.current.answering);
    this.shown = sessions.current.conversation.id;
  }

  private post(message: unknown, isGood: boolean): void {
    this.counts[isGood ? 'accepted' : 'refused'] += 1;
    causing({ message, isGood } satisfies Cause, () => {
      this.send(message);
    });
  }

  /** Anything that is done for a refused message is one effect too many; for a good one, what its type has no business with. */
  private judge(effect: Effect): void {
    const { kind, detail } = effect;
    this.effects[kind] = (this.effects[kind] ?? 0) + 1;
    const cause = effect.cause as Cause | undefined;
    const type = cause?.isGood === true ? (cause.message as { type: string }).type : undefined;
    if (type !== undefined) {
      (this.byType[type] ??= new Set()).add(kind);
      this.counts.reached += 1;
    }
    // A line about a request, which is an effect of its own, is logged for whoever opened the connection.
    if (kind === 'log' && detail.startsWith(this.stage.baseUrl)) return;
    if (type === undefined ? kind === 'log' : isAllowed(type, effect, this.stage)) return;
    this.unguardedCount += 1;
    if (this.unguarded.length >= mostNotes) return;
    const what =
      cause === undefined ? 'nothing known' : inspect(cause.message, { depth: 5, maxStringLength: 80 });
    this.unguarded.push(`${kind} ${detail} ← ${what}`);
  }

  /** What never comes to an end, after a while without anything new. */
  private async stillUnderway(): Promise<readonly string[]> {
    for (let turn = 0; turn < 400 && this.underway.size > 0; turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    return [...this.underway.keys()].map((message) => inspect(message, { depth: 5, maxStringLength: 80 }));
  }

  /** Shows the panel in a view that is no more than a channel. */
  private async showPanel(): Promise<void> {
    const { intents } = this.host;
    const handle = intents.handle.bind(intents);
    intents.handle = (message) => {
      const handling = handle(message).catch((error: unknown) => {
        this.failures.add(`${message.type}: ${String(error).slice(0, 200)}`);
        throw error;
      });
      const ended = handling.then(
        () => this.underway.delete(message),
        () => this.underway.delete(message),
      );
      this.underway.set(message, ended);
      return handling;
    };
    const received = new EventEmitter<unknown>();
    await this.stage.provider?.resolveWebviewView(
      webviewView(received.event),
      undefined as never,
      undefined as never,
    );
    this.send = this.task.withoutGuard
      ? (message) => void Promise.resolve(intents.handle(message as never)).catch(() => undefined)
      : (message) => {
          received.fire(message);
        };
    received.fire({ type: 'ready', body: {} });
    await settle();
  }

  /** Two chats with answers, pictures, chips and something that waits: so that ids lead somewhere. */
  private async prepareChats(): Promise<void> {
    const { sessions, keys, gateways, choice, intents } = this.host;
    const gateway = gateways.find('guarded');
    if (gateway === undefined) throw new Error('The gateway is not set up.');
    await keys.store(gateway, 'sk-guards-0123456789abcdef');
    await choice.select({ gatewayId: 'guarded', modelId: 'good' });
    await intents.handle({ type: 'attach-text', body: { text: 'elsewhere' } });
    await intents.handle({ type: 'submit', body: { text: 'Elsewhere' } });
    await untilIdle(() => sessions.current.answering);
    this.elsewhere = { chat: sessions.current.conversation.id, answer: this.lastAnswer() };
    sessions.startNew();
    await intents.handle({ type: 'attach-text', body: { text: 'sent along' } });
    await intents.handle({ type: 'submit', body: { text: 'Here' } });
    await untilIdle(() => sessions.current.answering);
    this.shown = sessions.current.conversation.id;
    await intents.handle({ type: 'list-history', body: { request: 1, query: '' } });
  }

  private elsewhere = { chat: '', answer: '' };
  private shown = '';

  private lastAnswer(role = 'assistant'): string {
    const { messages } = this.host.sessions.current.conversation;
    return [...messages.values()].findLast((message) => message.role === role)?.id ?? 'none';
  }

  private lastFailure(): string {
    const { messages } = this.host.sessions.current.conversation;
    const failed = [...messages.values()].findLast(
      (message) => message.role === 'assistant' && message.ending?.outcome === 'failed',
    );
    return failed?.id ?? 'none';
  }

  /** Puts what the host knows where a message says what it would be. */
  private withRealIds(message: unknown): unknown {
    const { sessions, attachments, queues } = this.host;
    const { conversation } = sessions.current;
    const sent = [...conversation.messages.values()].flatMap((one) =>
      one.role === 'user' ? one.attachments : [],
    );
    const names: Record<string, string | undefined> = {
      prompt: this.lastAnswer('user'),
      answer: this.lastAnswer(),
      failed: this.lastFailure(),
      elsewhere: this.elsewhere.answer,
      chip: attachments.of(conversation.id)[0]?.id,
      sent: sent[0]?.id,
      waiting: queues.of(conversation.id)[0]?.id,
      chat: this.elsewhere.chat,
      shown: this.shown,
      file: `file://${this.stage.workspace}/maths.ts`,
      secret: `file://${this.stage.workspace}/.env`,
      outside: `file://${this.task.folder}/outside/secret.md`,
    };
    const replace = (value: unknown): unknown => {
      if (typeof value === 'string')
        return value.replaceAll(/«(\w+)»/g, (whole, name: string) => names[name] ?? whole);
      // A list may have a `map` of its own by now.
      if (Array.isArray(value) && value.length < 50) return Array.from(value as unknown[], replace);
      if (!isPlain(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, replace(part)]));
    };
    return replace(message);
  }
}

/** What the host loads with its first use, so that loading is over before the disk is watched. */
async function loadAll(): Promise<void> {
  await Promise.all([
    import('../../../src/host/context/contextActions'),
    import('../../../src/host/instructions/instructionFiles'),
    import('../../../src/host/starters/openedContextWatch'),
    import('../../../src/host/edits/editActions'),
    import('../../../src/host/hunks/hunkReviews'),
    import('../../../src/host/history/historyActions'),
    import('../../../src/host/setup/gatewaySetup'),
    import('../../../src/host/models/modelPicker'),
    import('../../../src/host/setup/failureRemedies'),
    import('../../../src/host/media/mediaActions'),
    import('../../../src/gateway/httpChatClient'),
  ]);
}

/** Resolves when nothing has happened for a while: what was begun is over. */
async function untilQuiet(): Promise<void> {
  let last = performance.now();
  hearEffects(() => {
    last = performance.now();
  });
  while (performance.now() - last < 400) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Resolves when what can happen at once has happened. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function untilIdle(isBusy: () => boolean): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, 5));
  while (isBusy());
}

void GuardedHost.start(JSON.parse(process.argv[2] ?? '') as HostTask)
  .then((host) => host.run())
  .then((report) => {
    process.send?.(report, () => {
      process.exit();
    });
  });
