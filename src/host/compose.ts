import { Uri, commands as vscodeCommands, type ExtensionContext } from 'vscode';
import { DisposableStore } from '../shared/kit/disposable';
import { registerChat, type ChatFeature } from './chat/registerChat';
import { registerChatEditors } from './chatEditors/registerChatEditors';
import { registerCodebase } from './codebase/registerCodebase';
import { registerCompletions } from './completions/registerCompletions';
import { registerContext } from './context/registerContext';
import type { Composition } from './composition';
import type { CommandTable } from './contributions/commandIds';
import type { House } from './contributions/house';
import type { IntentTable } from './contributions/intents';
import { registerEdits } from './edits/registerEdits';
import type { EntryParts } from './entry/entryParts';
import { registerFailingTests } from './failingTests/registerFailingTests';
import { registerGateways } from './gateways/registerGateways';
import { registerHistory } from './history/registerHistory';
import { registerHunks } from './hunks/registerHunks';
import { registerInstructions } from './instructions/registerInstructions';
import { registerMedia } from './media/registerMedia';
import { registerModels } from './models/registerModels';
import { chatViewId } from './panel/chatViewId';
import { PanelView } from './panel/panelView';
import { panelCommands, panelIntents, registerPanel, type PanelFeature } from './panel/registerPanel';
import { registerPresets } from './presets/registerPresets';
import { registerEditorActions } from './quickActions/registerEditorActions';
import { registerProvider } from './provider/registerProvider';
import { registerRemedies } from './setup/registerRemedies';
import { registerSetup } from './setup/registerSetup';
import { registerSourceControl } from './sourceControl/registerSourceControl';
import { registerSpeech } from './speech/registerSpeech';
import { registerStarters } from './starters/registerStarters';
import { registerStorage } from './storage/registerStorage';
import { registerTerminal } from './terminal/registerTerminal';
import { registerWelcome } from './welcome/registerWelcome';

/**
 * Creates the features and connects them. This is the one place that knows them all: each feature gets the others as ports, and
 * contributes the code of its commands and intents. A feature is created after those that it uses.
 *
 * Nothing here waits for the disk or the network: conversations are read when the panel or a command asks for them, and the
 * transport loads when the message field first gets the focus.
 */
export function compose(context: ExtensionContext, entry: EntryParts): Composition {
  const { log, statusBar, viewState, completionSwitch, modelProvider } = entry;
  const subscriptions = new DisposableStore();
  context.subscriptions.push(subscriptions);
  const house: House = {
    log,
    warnOfFailure: (what) => (error) => {
      log.error(`${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    },
    subscriptions,
    now: () => Date.now(),
    workspaceState: context.workspaceState,
    globalState: context.globalState,
    storage: context.globalStorageUri,
  };
  const view = new PanelView(log, () => vscodeCommands.executeCommand(`${chatViewId}.focus`));

  const gateways = registerGateways(house, context.secrets);
  const models = registerModels(house, gateways, statusBar);
  const storage = registerStorage(house);
  const welcome = registerWelcome(house);
  const instructions = registerInstructions(house, gateways.settings);
  const setup = registerSetup(house, gateways, models, () => chat.panels.used.page.reveal());
  const completions = registerCompletions({
    ...{ ...gateways, ...models, ...setup },
    house,
    completionSwitch,
    timeouts: () => gateways.settings.timeouts(),
  });
  const addGateway = async (): Promise<boolean> => await (await setup.setup()).add(null);
  const provider = registerProvider(house, gateways, models, modelProvider, addGateway);
  const chat: ChatFeature = registerChat(house, {
    gateways,
    models,
    modelPicker: setup.modelPicker,
    addGateway,
    storage,
    instructions: instructions.instructions,
    statusBar,
    walkthrough: welcome.walkthrough,
    page: view,
  });
  const { pool, panels, attachments } = chat;
  const starters = registerStarters(house, panels);
  const presets = registerPresets(house, { gateways, models });
  const remedies = registerRemedies(house, { targets: chat.targets, setup, gateways });
  const codebase = registerCodebase(subscriptions, {
    client: models.client,
    gateways: gateways.gateways,
    catalogue: models.catalogue,
    timeouts: () => gateways.settings.timeouts(),
    currentGateway: () => models.choice.current()?.gatewayId,
    workspaceState: house.workspaceState,
    folder: context.storageUri && Uri.joinPath(context.storageUri, 'codebase').fsPath,
    log,
    now: house.now,
  });
  const speech = registerSpeech({
    house,
    client: models.client,
    gateways: gateways.gateways,
    catalogue: models.catalogue,
    settings: gateways.settings,
  });
  const attaching = registerContext({
    panels,
    attachments,
    edits: chat.edits,
    log,
    storage: house.storage,
    modelName: models.modelName,
    transcribe: speech.transcribe,
    instructionFile: (id) => instructions.instructions.fileOf(id),
    restored: chat.restored,
    submission: chat.submission,
    searchCodebase: codebase.search,
  });
  const hunks = registerHunks(
    house,
    Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'reviews').fsPath,
  );
  const edits = registerEdits(house.workspaceState, {
    reviews: hunks.reviews,
    client: models.client,
    targets: chat.targets,
    log,
  });
  const sourceControl = registerSourceControl(subscriptions, {
    client: models.client,
    targets: chat.targets,
    pool,
    panels,
    submission: chat.submission,
    reviews: hunks.reviews,
    log,
    memory: house.globalState,
    restored: chat.restored,
  });
  const terminalPorts = {
    client: models.client,
    targets: chat.targets,
    panels,
    submission: chat.submission,
    store: storage.store,
    log,
    modelName: models.modelName,
    now: house.now,
    restored: chat.restored,
  };
  const terminal = registerTerminal(subscriptions, terminalPorts);
  const failingTests = registerFailingTests(subscriptions, { ...terminalPorts, reviews: hunks.reviews });
  const history = registerHistory(
    subscriptions,
    {
      store: storage.store,
      media: storage.media,
      pool,
      panels,
      log,
      storage: house.storage,
      now: house.now,
    },
    chat.restored,
  );
  const editorActions = registerEditorActions(subscriptions, {
    client: models.client,
    targets: chat.targets,
    reviews: hunks.reviews,
    remedies: remedies.remedies,
    memory: house.workspaceState,
    log,
    modelName: models.modelName,
    writeTestsInPanel: async () => {
      const panel = panels.used;
      await attaching.intents.start({ starter: 'write-tests' }, panel);
      await panel.page.reveal();
    },
  });
  const media = registerMedia({
    client: models.client,
    media: storage.media,
    gateways: gateways.gateways,
    changeAttachments: (conversationId, edit, change) => {
      if (edit === undefined) attachments.change(conversationId, change);
      else chat.edits.change(conversationId, edit, change);
    },
    targetOf: (model, conversationId) => chat.targets.of(model, conversationId),
  });

  const chatEditors = registerChatEditors({
    extensionUri: context.extensionUri,
    pool,
    panels,
    follow: (panel, editorView) => {
      panelFeature.follow(panel, editorView);
    },
    viewState,
    restored: chat.restored,
    log,
  });

  const intents: IntentTable = {
    ...panelIntents(house, () => models.client.preload()),
    ...setup.intents,
    ...chat.intents,
    ...chatEditors.intents,
    ...presets.intents,
    ...remedies.intents,
    ...attaching.intents,
    ...edits.intents,
    ...history.intents,
    ...media.intents,
    ...speech.intents,
  };
  const commands: CommandTable = {
    ...panelCommands(house, panels),
    ...welcome.commands,
    ...setup.commands,
    ...completions.commands,
    ...provider.commands,
    ...chat.commands,
    ...chatEditors.commands,
    ...attaching.commands,
    ...editorActions.commands,
    ...codebase.commands,
    ...hunks.commands,
    ...history.commands,
    ...sourceControl.commands,
    ...terminal.commands,
    ...failingTests.commands,
  };
  const panelFeature: PanelFeature = registerPanel(house, {
    viewState,
    gateways,
    models,
    chat,
    instructions,
    edits,
    presets,
    starters,
    walkthrough: welcome.walkthrough,
    housekeeping: storage.housekeeping,
    intents,
  });

  return {
    commands,
    panel: view,
    restoreChatEditor: chatEditors.restore,
    provideCompletions: completions.provide,
    sessions: panels.sideBar.sessions,
    gateways: gateways.gateways,
    keys: gateways.keys,
    choice: models.choice,
    comparison: chat.comparison,
    attachments,
    edits: chat.edits,
    queues: chat.queues,
    intents: panelFeature.follow(panels.sideBar, view),
    unsupportedParameters: models.unsupportedParameters,
    applied: edits.applied,
    nativeChat: provider.nativeChat,
    reviews: hunks.reviews,
    restoreReviews: hunks.restore,
    libraryFolder: house.storage.fsPath,
    // Answers in progress end with the process. Their journals then say that VS Code closed, which is true.
    close: async () => {
      await Promise.all([storage.store.flush(), viewState.flush(), hunks.flush()]);
    },
  };
}
