import * as vscode from 'vscode';
import { Sessions } from '../core/conversation/sessions';
import { TokenCounter } from '../core/prompt/tokenCounter';
import { createLazyChatClient } from '../gateway/createLazyChatClient';
import type { NetworkSettings } from '../gateway/network/networkSettings';
import { selectedPath } from '../shared/conversation/conversation';
import { DisposableStore } from '../shared/kit/disposable';
import { createConversationStore } from '../storage/library/createConversationStore';
import { StoredCalibration } from './models/storedCalibration';
import { ModelCatalogue } from './models/modelCatalogue';
import { PromptSubmission } from './chat/promptSubmission';
import { commandTable } from './commandTable';
import type { CommandTable } from './entry/commandIds';
import type { EntryParts } from './entry/entryParts';
import { ComparisonChoice } from './chat/comparisonChoice';
import { LazyInstructions } from './instructions/lazyInstructions';
import { followChanges } from './followChanges';
import { GatewayRegistry } from './gateways/gatewayRegistry';
import { InsecureOrigins } from './gateways/insecureOrigins';
import { Intents } from './intents';
import { createLazyParts } from './lazyParts';
import { ModelChoice } from './models/modelChoice';
import { ChatPanel } from './panel/chatPanel';
import type { ViewOwner } from './panel/chatViewProvider';
import { PanelStates, type PanelStateSources } from './panel/panelStates';
import { PendingAttachments } from './chat/pendingAttachments';
import { PromptQueues } from './chat/promptQueues';
import { currentNetworkSettings } from './gateways/currentNetworkSettings';
import { UnsupportedParameters } from './models/unsupportedParameters';
import { SecretKeyStore } from './gateways/secretKeyStore';
import { Settings } from './settings/settings';
import { lastShown, ShownConversation } from './chat/shownConversation';
import { StorageWarnings } from './storage/storageWarnings';
import { Targets } from './models/targets';
import { WalkthroughProgress } from './welcome/walkthroughProgress';

/** What `compose` made: for the entry, and for tests from inside. */
export interface Composition {
  readonly commands: CommandTable;
  readonly panel: ViewOwner;
  readonly sessions: Sessions;
  readonly gateways: GatewayRegistry;
  readonly keys: SecretKeyStore;
  readonly choice: ModelChoice;
  readonly comparison: ComparisonChoice;
  readonly attachments: PendingAttachments;
  readonly queues: PromptQueues;
  readonly intents: Intents;
  readonly unsupportedParameters: UnsupportedParameters;
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
export function compose(
  context: vscode.ExtensionContext,
  { log, statusBar, viewState }: EntryParts,
): Composition {
  const subscriptions = new DisposableStore();
  context.subscriptions.push(subscriptions);
  const now = (): number => Date.now();
  const warnOfFailure = (what: string) => (error: unknown) => {
    log.error(`${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };

  const settings = new Settings();
  const keys = new SecretKeyStore(context.secrets);
  const gateways = subscriptions.add(new GatewayRegistry(settings, keys, log));
  const insecureOrigins = new InsecureOrigins(context.globalState);
  const network = (): NetworkSettings => currentNetworkSettings(insecureOrigins.all());
  const unsupportedParameters = new UnsupportedParameters(context.globalState, log);
  const client = createLazyChatClient({ keys, log, network, unsupportedParameters });
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
  const instructions = new LazyInstructions(
    { wanted: () => settings.instructionFiles(), memory: context.workspaceState, log },
    subscriptions,
    () => {
      panel.refreshState().catch(warnOfFailure('Refreshing the panel'));
    },
  );
  const warnOfInstructions = warnOfFailure("Reading the workspace's instructions");
  const targets = new Targets(
    choice,
    gateways,
    catalogue,
    settings,
    {
      ready: () => instructions.ready().catch(warnOfInstructions),
      of: (conversationId) => instructions.textFor(conversationId ?? sessions.current.conversation.id),
    },
    unsupportedParameters,
  );

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
      promptWaits: (conversationId) => queues.of(conversationId).length > 0,
    },
    lastShown(context.workspaceState),
  );
  const shown = new ShownConversation(sessions, context.workspaceState, storageWarnings, warnOfFailure);

  const modelName = (): string => {
    const model = choice.current();
    const gateway = model === undefined ? undefined : gateways.find(model.gatewayId);
    if (model === undefined || gateway === undefined) return vscode.l10n.t('the model');
    return catalogue.nameOf(gateway, model.modelId);
  };
  const reveal = (): Promise<void> => panel.reveal();
  const send: ChatPanel['send'] = (type, body) => {
    panel.send(type, body);
  };
  const parts = createLazyParts(
    {
      client,
      gateways,
      keys,
      catalogue,
      choice,
      settings,
      targets,
      insecureOrigins,
      unsupportedParameters,
      log,
      now,
      sessions,
      attachments,
      storage: context.globalStorageUri,
      memory: context.globalState,
      modelName,
      instructionFile: (id) => instructions.fileOf(id),
      send,
      store,
      reveal,
      listModelsWith: async (key, gateway) => {
        const trial = createLazyChatClient({ keys: { read: () => Promise.resolve(key) }, log, network });
        try {
          return await trial.listModels(gateway, settings.timeouts());
        } finally {
          await trial.dispose();
        }
      },
    },
    subscriptions,
  );
  const queues = new PromptQueues(context.workspaceState, log);
  const comparison = new ComparisonChoice(log);
  const asking = new PromptSubmission({
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
  sessions.reopened.on(({ conversation }) => {
    choice
      .goOnWith(selectedPath(conversation).findLast(({ role }) => role === 'assistant'))
      .catch(warnOfFailure('Choosing the model of a chat'));
  });
  const intents = new Intents({
    sessions,
    choice,
    targets,
    asking,
    comparison,
    attachments,
    ...parts,
    removeInstructions: (conversationId, id) => {
      instructions.remove(conversationId, id);
    },
    log,
    preload: () => client.preload(),
    reveal,
  });
  const countTokens = (text: string): number =>
    counter.countText(choice.current() ?? { gatewayId: '', modelId: '' }, text);
  const walkthrough = new WalkthroughProgress();
  const sources: PanelStateSources = { gateways, choice, catalogue, attachments, queues, comparison };
  const states = new PanelStates({
    noteReady: (isReady) => {
      walkthrough.note('parley.ready', isReady);
    },
    ...sources,
    budgetOf: (conversationId) => {
      const model = choice.current();
      const session = sessions.get(conversationId);
      return model === undefined ? undefined : session?.budget(targets.of(model, conversationId));
    },
    countTokens,
    instructionsOf: (conversationId) => instructions.chipsFor(conversationId, countTokens),
  });
  const panel = subscriptions.add(
    new ChatPanel({
      sessions,
      states,
      log,
      viewState,
      restored: async () => {
        await shown.restored();
        // A gateway that is ready but was never used offers its default model; the panel need not wait for it.
        choice.ensure().catch(warnOfFailure('Choosing a model'));
        instructions.load().catch(warnOfInstructions);
        parts.housekeeping().catch(warnOfFailure('Tidying up'));
      },
      handle: (message) => intents.handle(message),
    }),
  );
  subscriptions.add(
    followChanges({
      sessions,
      ...sources,
      panel,
      statusBar,
      memories: context,
      settings,
      walkthrough,
      storageWarnings,
      shown,
      warnOfFailure,
    }),
  );

  const commands = commandTable({
    sessions,
    restored: () => shown.restored(),
    reveal,
    walkthrough,
    attachments,
    asking,
    intents,
    ...parts,
    choice,
    showPart: (part) => panel.showPart(part),
    log,
  });

  return {
    commands,
    panel,
    sessions,
    gateways,
    keys,
    choice,
    comparison,
    attachments,
    queues,
    intents,
    unsupportedParameters,
    libraryFolder,
    // Answers under way are left to end with the process: their journals then say that VS Code closed, which is true.
    close: async () => {
      await Promise.all([store.flush(), viewState.flush()]);
    },
  };
}
