import { ExtensionMode, Uri, commands, l10n, window, workspace, type ExtensionContext } from 'vscode';
import type { Composition } from './host/composition';
import { CompletionSwitch } from './host/completions/completionSwitch';
import { commandIds } from './host/contributions/commandIds';
import type { EntryParts } from './host/entry/entryParts';
import { LazyPart } from './shared/kit/lazyPart';
import { ModelProvider } from './host/provider/modelProvider';
import { hasPendingReviews } from './host/hunks/hasPendingReviews';
import { chatEditorType } from './host/panel/chatEditorType';
import { chatViewId } from './host/panel/chatViewId';
import { ChatViewProvider } from './host/panel/chatViewProvider';
import { LightBulb } from './host/quickActions/lightBulb';
import { ModelStatusBar } from './host/models/modelStatusBar';
import { shownModel } from './host/models/shownModel';
import { userValue } from './host/settings/userValue';
import type { ViewStateFile } from './host/storage/viewStateFile';
import { OutputLog } from './host/ui/outputLog';

/** What tests get of the running extension. */
export interface TestAccess {
  /** Resolves to the composition and loads it first if necessary. */
  readonly composition: () => Promise<Composition>;
}

let main: LazyPart<Composition> | undefined;

/**
 * Called by VS Code when it has started (`onStartupFinished`), or earlier if the view is shown or a command is called.
 *
 * This file and its imports are all that a window loads in which Parley is not used. It registers the commands and the view, and
 * shows the model's name in the status bar. Everything else is `dist/main.js` and loads with the first use.
 *
 * @returns undefined: other extensions can call what is returned here, and the composition can read keys. Only tests of an
 * extension under development get access.
 */
export function activate(
  context: ExtensionContext,
): TestAccess | undefined | Promise<TestAccess | undefined> {
  const { subscriptions } = context;
  const log = new OutputLog(() => window.createOutputChannel('Parley', { log: true }));
  const statusBar = new ModelStatusBar();
  const lightBulb = new LightBulb();
  subscriptions.push(log, statusBar, lightBulb);
  const settings = { defaultModel: userValue('defaultModel'), gateways: userValue('gateways') };
  statusBar.showModel(shownModel(context, settings));
  // Drafts belong to the workspace, as does the conversation that it shows.
  const folder = context.storageUri ?? context.globalStorageUri;
  const viewState = new LazyPart<ViewStateFile>(async () => {
    const { ViewStateFile: StateFile } = await import('./host/storage/viewStateFile');
    return new StateFile(Uri.joinPath(folder, 'viewState.json').fsPath, log);
  });
  const completionSwitch: CompletionSwitch = new CompletionSwitch(
    async (...given) => await (await loaded.get()).provideCompletions(...given),
  );
  subscriptions.push(completionSwitch);
  const modelProvider: ModelProvider = new ModelProvider(
    context,
    async () => await (await loaded.get()).nativeChat(),
  );
  const loaded = new LazyPart<Composition>(() =>
    loadMain(context, { log, statusBar, completionSwitch, modelProvider }, viewState),
  );
  main = loaded;

  for (const id of commandIds) {
    const run = async (...parameters: unknown[]): Promise<void> => {
      await (await loaded.get()).commands[id](...parameters);
    };
    subscriptions.push(commands.registerCommand(id, run));
  }
  const provider = new ChatViewProvider({
    extensionUri: context.extensionUri,
    loadViewState: async () => await (await viewState.get()).load(),
    owner: async () => (await loaded.get()).panel,
  });
  subscriptions.push(
    window.registerWebviewViewProvider(chatViewId, provider),
    window.registerWebviewPanelSerializer(chatEditorType, {
      deserializeWebviewPanel: async (panel, state) => {
        await (await loaded.get()).restoreChatEditor(panel, state);
      },
    }),
    workspace.onDidChangeConfiguration((event) => {
      lightBulb.update();
      const isShown = ['parley.defaultModel', 'parley.gateways'].some((name) =>
        event.affectsConfiguration(name),
      );
      // The main part shows what the settings say now, and from then on follows them itself.
      if (isShown && loaded.started === undefined) void loaded.get().catch(() => undefined);
    }),
  );
  modelProvider.register(subscriptions);
  const access =
    context.extensionMode === ExtensionMode.Test ? { composition: () => loaded.get() } : undefined;
  if (!hasPendingReviews(context.workspaceState)) return access;
  // VS Code shows the diffs of an earlier window when this has ended.
  return loaded
    .get()
    .then((composition) => composition.restoreReviews())
    .then(
      () => access,
      () => access,
    );
}

/** Called by VS Code when the window closes. */
export async function deactivate(): Promise<void> {
  // A part that could not be loaded has nothing to close, and its error was logged.
  await main?.started?.then(
    (composition) => composition.close(),
    () => undefined,
  );
}

async function loadMain(
  context: ExtensionContext,
  parts: Omit<EntryParts, 'viewState'>,
  viewState: LazyPart<ViewStateFile>,
): Promise<Composition> {
  try {
    const { compose } = await import('./host/compose');
    return compose(context, { ...parts, viewState: await viewState.get() });
  } catch (error) {
    parts.log.error(
      `Loading failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    throw new Error(l10n.t("Parley couldn't be loaded. See the log for details."), { cause: error });
  }
}
