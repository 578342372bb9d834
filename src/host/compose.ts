import * as vscode from 'vscode';
import { Sessions } from '../core/sessions';
import { TokenCounter } from '../core/tokenCounter';
import { createLazyChatClient } from '../gateway/lazyClient';
import type { NetworkSettings } from '../gateway/networkSettings';
import { DisposableStore } from '../shared/disposable';
import { createConversationStore } from '../storage/library';
import { StoredCalibration } from './calibrationMemory';
import { ModelCatalogue } from './catalogue';
import type { AccessibilityHelp } from './accessibilityHelp';
import { Asking } from './asking';
import type { CodeIntents } from './code/codeIntents';
import { commandTable } from './commands';
import { ComparisonChoice } from './comparisonChoice';
import type { ContextIntents } from './context/contextIntents';
import type { InstructionFiles } from './context/instructionFiles';
import { FailureRemedies } from './failureRemedies';
import type { GatewayCheckup } from './gatewayCheckup';
import { GatewayRegistry } from './gatewayRegistry';
import { GatewaySetup } from './gatewaySetup';
import type { HistoryIntents } from './history/historyIntents';
import { InsecureOrigins } from './insecureOrigins';
import { Intents } from './intents';
import { OutputLog } from './log';
import { MediaActions } from './mediaActions';
import { ModelChoice } from './modelChoice';
import { ModelPicker } from './modelPicker';
import { ChatPanel, chatViewId } from './panel';
import { PanelStates } from './panelState';
import { PendingAttachments } from './pendingAttachments';
import { PromptQueues } from './promptQueues';
import { readNetworkSettings } from './proxy';
import { Quirks } from './quirks';
import { SecretKeyStore } from './secrets';
import { Settings } from './settings';
import { ModelStatusBar } from './statusBar';
import { StorageWarnings } from './storageWarnings';
import { Targets } from './targets';
import { ViewStateFile } from './viewStateFile';
import { WalkthroughProgress } from './walkthroughProgress';

/** The conversation that this window showed last. */
const shownKey = 'shownConversation';

/** What `compose` made, for closing it and for tests from inside. */
export interface Composition {
  readonly sessions: Sessions;
  readonly gateways: GatewayRegistry;
  readonly keys: SecretKeyStore;
  readonly choice: ModelChoice;
  readonly attachments: PendingAttachments;
  readonly queues: PromptQueues;
  readonly intents: Intents;
  readonly quirks: Quirks;
  /** Where the conversations lie. */
  readonly libraryFolder: string;
  /** Writes what is not written yet. */
  close(): Promise<void>;
}

/**
 * Wires the floors together; the one place that knows them all. Nothing here waits for disk or
 * network: conversations are read when the panel or a command asks for them, and the transport is
 * loaded with the first focus of the composer.
 */
export function compose(context: vscode.ExtensionContext): Composition {
  const subscriptions = new DisposableStore();
  context.subscriptions.push(subscriptions);
  const now = (): number => Date.now();
  const log = subscriptions.add(
    new OutputLog(() => vscode.window.createOutputChannel('Parley', { log: true })),
  );
  const warnOfFailure = (what: string) => (error: unknown) => {
    log.error(`${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };

  const settings = new Settings();
  const keys = new SecretKeyStore(context.secrets);
  const gateways = subscriptions.add(new GatewayRegistry(settings, keys, log));
  const insecureOrigins = new InsecureOrigins(context.globalState);
  const network = (): NetworkSettings => {
    const settingsOfVSCode = vscode.workspace.getConfiguration('http');
    return readNetworkSettings({
      inspect: (name) => settingsOfVSCode.inspect(name),
      environment: process.env,
      clearTextOrigins: insecureOrigins.all(),
    });
  };
  const quirks = new Quirks(context.globalState, log);
  const client = createLazyChatClient({ keys, log, network, quirks });
  const storageWarnings = subscriptions.add(new StorageWarnings(log));
  const libraryFolder = context.globalStorageUri.fsPath;
  const store = createConversationStore({
    folder: libraryFolder,
    log,
    now,
    onDamage: (damage) => {
      storageWarnings.damaged(damage);
    },
  });
  const catalogue = new ModelCatalogue(client, context.globalState, () => settings.timeouts(), now);
  const choice = new ModelChoice(
    context.workspaceState,
    context.globalState,
    settings,
    gateways,
    catalogue,
    log,
  );
  const attachments = new PendingAttachments(context.workspaceState, log);
  let instructionFiles: InstructionFiles | undefined;
  const loadInstructions = once(async (): Promise<void> => {
    const { InstructionFiles: Loaded } = await import('./context/instructionFiles');
    const loaded = subscriptions.add(
      new Loaded({ wanted: () => settings.instructionFiles(), memory: context.workspaceState, log }),
    );
    instructionFiles = loaded;
    loaded.changed.on(() => {
      panel.refreshState().catch(warnOfFailure('Refreshing the panel'));
    });
    await loaded.ready();
    await panel.refreshState();
  });
  const targets = new Targets(choice, gateways, catalogue, settings, {
    ready: async () => {
      await loadInstructions().catch(warnOfFailure("Reading the workspace's instructions"));
      await instructionFiles?.ready();
    },
    of: (conversationId) =>
      instructionFiles?.textFor(conversationId ?? sessions.current.conversation.id) ?? '',
  });

  const counter = new TokenCounter(new StoredCalibration(context.globalState, log));
  const sessions = new Sessions(
    {
      client,
      store,
      log,
      now,
      counter,
      newId: () => crypto.randomUUID(),
      wantsTitles: () => settings.automaticTitles(),
    },
    context.workspaceState.get<string>(shownKey),
  );
  let restoring: Promise<void> | undefined;
  const rememberShown = (): void => {
    const { id } = sessions.current.conversation;
    context.workspaceState.update(shownKey, id).then(undefined, warnOfFailure('Remembering the chat'));
  };
  const restored = (): Promise<void> =>
    (restoring ??= sessions
      .restore()
      .catch((error: unknown) => {
        warnOfFailure('Opening the last conversation')(error);
        storageWarnings.unread(error);
      })
      .then(rememberShown));

  const setup = new GatewaySetup({
    gateways,
    keys,
    settings,
    choice,
    insecureOrigins,
    listModelsWith: async (key, gateway) => {
      const trial = createLazyChatClient({ keys: { read: () => Promise.resolve(key) }, log, network });
      try {
        return await trial.listModels(gateway, settings.timeouts());
      } finally {
        await trial.dispose();
      }
    },
    client,
  });
  // Bundles of their own, loaded with the first use.
  const checkup = once(async (): Promise<GatewayCheckup> => {
    const { GatewayCheckup: Loaded } = await import('./gatewayCheckup');
    return subscriptions.add(new Loaded({ client, gateways, choice, settings, quirks, log, now }));
  });
  const accessibilityHelp = once(async (): Promise<AccessibilityHelp> => {
    const { AccessibilityHelp: Loaded } = await import('./accessibilityHelp');
    return subscriptions.add(new Loaded());
  });
  const contextIntents = once(async (): Promise<ContextIntents> => {
    const { ContextIntents: Loaded } = await import('./context/contextIntents');
    return subscriptions.add(
      new Loaded({
        sessions,
        attachments,
        log,
        storage: context.globalStorageUri,
        modelName,
        instructionFile: (id) => instructionFiles?.fileOf(id),
        send,
        reveal,
      }),
    );
  });
  const modelName = (): string => {
    const model = choice.current();
    const gateway = model === undefined ? undefined : gateways.find(model.gatewayId);
    if (model === undefined || gateway === undefined) return vscode.l10n.t('the model');
    return catalogue.nameOf(gateway, model.modelId);
  };
  const codeIntents = once(async (): Promise<CodeIntents> => {
    const { CodeIntents: Loaded } = await import('./code/codeIntents');
    return subscriptions.add(new Loaded({ sessions, log }));
  });
  const history = once(async (): Promise<HistoryIntents> => {
    const { HistoryIntents: Loaded } = await import('./history/historyIntents');
    return subscriptions.add(new Loaded({ store, sessions, log, now, send, reveal }));
  });
  const modelPicker = new ModelPicker(gateways, catalogue, choice, () => setup.add(null));
  const reveal = (): Promise<void> => panel.reveal();
  const send: ChatPanel['send'] = (type, body) => {
    panel.send(type, body);
  };
  const media = new MediaActions({
    fetch: (url) => client.fetchMedia(url),
    show: ({ id, index }, url) => {
      send('media-loaded', { id, index, url });
    },
    originOf: ({ gatewayId }) => {
      const baseUrl = gateways.find(gatewayId)?.baseUrl ?? '';
      return URL.canParse(baseUrl) ? new URL(baseUrl).origin : undefined;
    },
  });
  const queues = new PromptQueues(context.workspaceState, log);
  const comparison = new ComparisonChoice(log);
  const asking = new Asking({
    sessions,
    targets,
    attachments,
    queues,
    comparison,
    log,
    giveBackPrompt: (text) => {
      send('give-back-prompt', { text });
    },
  });
  const intents = new Intents({
    sessions,
    targets,
    asking,
    comparison,
    attachments,
    setup,
    modelPicker,
    remedies: new FailureRemedies({ targets, setup, modelPicker, insecureOrigins, log, reveal }),
    media,
    context: contextIntents,
    code: codeIntents,
    history,
    removeInstructions: (conversationId, id) => {
      instructionFiles?.remove(conversationId, id);
    },
    log,
    preload: () => client.preload(),
    reveal,
  });
  // Drafts belong to the workspace, like the conversation that it shows.
  const viewState = new ViewStateFile(
    vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'viewState.json').fsPath,
    log,
  );
  const countTokens = (text: string): number =>
    counter.countText(choice.current() ?? { gatewayId: '', modelId: '' }, text);
  const walkthrough = new WalkthroughProgress();
  const states = new PanelStates({
    noteReady: (isReady) => {
      walkthrough.note('parley.ready', isReady);
    },
    gateways,
    choice,
    catalogue,
    attachments,
    queues,
    comparison,
    budgetOf: (conversationId) => {
      const model = choice.current();
      const session = sessions.get(conversationId);
      return model === undefined ? undefined : session?.budget(targets.of(model, conversationId));
    },
    countTokens,
    instructionsOf: (conversationId) => instructionFiles?.chipsFor(conversationId, countTokens) ?? [],
  });
  const panel = subscriptions.add(
    new ChatPanel({
      extensionUri: context.extensionUri,
      sessions,
      states,
      log,
      viewState,
      restored: async () => {
        await restored();
        // A gateway that is ready but was never used offers its default model; the panel need not wait for it.
        choice.ensure().catch(warnOfFailure('Choosing a model'));
        loadInstructions().catch(warnOfFailure("Reading the workspace's instructions"));
      },
      handle: (message) => intents.handle(message),
    }),
  );
  subscriptions.add(vscode.window.registerWebviewViewProvider(chatViewId, panel));

  const statusBar = subscriptions.add(new ModelStatusBar());
  const showModel = (): void => {
    const model = choice.current();
    const gateway = model === undefined ? undefined : gateways.find(model.gatewayId);
    statusBar.showModel(model && gateway && catalogue.nameOf(gateway, model.modelId));
    panel.refreshState().catch(warnOfFailure('Refreshing the panel'));
  };
  subscriptions.add(gateways.changed.on(showModel));
  subscriptions.add(choice.changed.on(showModel));
  for (const { changed } of [attachments, queues, comparison]) {
    subscriptions.add(
      changed.on(() => {
        panel.refreshState().catch(warnOfFailure('Refreshing the panel'));
      }),
    );
  }
  subscriptions.add(
    sessions.answeringChanged.on((answering) => {
      statusBar.showAnswering(answering);
      if (!answering) panel.refreshState().catch(warnOfFailure('Refreshing the panel'));
      void vscode.commands.executeCommand('setContext', 'parley.streaming', answering);
      if (answering) walkthrough.note('parley.hasAsked', true);
    }),
  );
  subscriptions.add(sessions.currentChanged.on(rememberShown));
  subscriptions.add(
    sessions.saveFailed.on((error) => {
      storageWarnings.unsaved(error);
    }),
  );
  showModel();

  const table = commandTable({
    sessions,
    restored,
    reveal,
    walkthrough,
    attachments,
    asking,
    intents,
    history,
    context: contextIntents,
    code: codeIntents,
    choice,
    modelPicker,
    setup,
    checkup,
    accessibilityHelp,
    showPart: (part) => panel.showPart(part),
    log,
  });
  for (const [id, run] of Object.entries(table)) subscriptions.add(vscode.commands.registerCommand(id, run));

  return {
    sessions,
    gateways,
    keys,
    choice,
    attachments,
    queues,
    intents,
    quirks,
    libraryFolder,
    // Answers under way are left to end with the process: their journals then say that VS Code closed, which is true.
    close: async () => {
      await Promise.all([store.flush(), viewState.flush()]);
    },
  };
}

/** Makes a thing with its first use. */
function once<Thing>(make: () => Promise<Thing>): () => Promise<Thing> {
  let made: Promise<Thing> | undefined;
  return () => (made ??= make());
}
