import { commands, env } from 'vscode';
import type { Session } from '../../core/conversation/session';
import { SessionPool } from '../../core/conversation/sessionPool';
import { Sessions } from '../../core/conversation/sessions';
import type { MediaStore } from '../../core/ports/mediaStore';
import type { ConversationStore } from '../../core/ports/conversationStore';
import { TokenCounter } from '../../core/prompt/tokenCounter';
import { messageText, selectedPath } from '../../shared/conversation/conversation';
import { DisposableStore } from '../../shared/kit/disposable';
import type { CommandTable } from '../contributions/commandIds';
import type { House } from '../contributions/house';
import type { IntentTable } from '../contributions/intents';
import type { Page } from '../contributions/page';
import type { Panel } from '../contributions/openPanels';
import { Panels } from '../contributions/panels';
import type { GatewayFeature } from '../gateways/registerGateways';
import type { LazyInstructions } from '../instructions/lazyInstructions';
import type { ModelPicker } from '../models/modelPicker';
import type { ModelStatusBar } from '../models/modelStatusBar';
import type { ModelFeature } from '../models/registerModels';
import { StoredCalibration } from '../models/storedCalibration';
import { Targets } from '../models/targets';
import { registerTasks } from '../tasks/registerTasks';
import type { WalkthroughProgress } from '../welcome/walkthroughProgress';
import { chatIntents } from './chatIntents';
import { ComparisonChoice } from './comparisonChoice';
import { messageCommands } from './messageCommands';
import { notifyOfAnswers } from './notifyOfAnswers';
import { PendingAttachments } from './pendingAttachments';
import { PromptEdits } from './promptEdits';
import { PromptQueues } from './promptQueues';
import { PromptSubmission } from './promptSubmission';
import { lastShown, ShownConversation } from './shownConversation';

/** What chatting needs of the other features. */
interface ChatNeeds {
  readonly gateways: Pick<GatewayFeature, 'settings' | 'gateways'>;
  readonly models: ModelFeature;
  readonly modelPicker: () => Promise<ModelPicker>;
  /** Lets the user add a gateway. Resolves to true if one is ready for prompts. */
  readonly addGateway: () => Promise<boolean>;
  readonly storage: {
    readonly store: ConversationStore;
    readonly warnOfUnsaved: (error: unknown) => void;
    readonly warnOfUnread: (error: unknown) => void;
    readonly media: MediaStore;
  };
  readonly instructions: LazyInstructions;
  readonly statusBar: ModelStatusBar;
  readonly walkthrough: WalkthroughProgress;
  /** The page of the side bar. */
  readonly page: Page;
}

/** The conversations, the panels that show them, and how prompts are sent in them. */
export interface ChatFeature {
  readonly pool: SessionPool;
  readonly panels: Panels;
  readonly targets: Targets;
  readonly attachments: PendingAttachments;
  readonly edits: PromptEdits;
  readonly queues: PromptQueues;
  readonly comparison: ComparisonChoice;
  readonly submission: PromptSubmission;
  /** Resolves when the conversation that the side bar last showed is open again. */
  readonly restored: () => Promise<void>;
  /** Lets the tasks of all conversations go on. */
  readonly resumeTasks: () => Promise<void>;
  readonly commands: Pick<
    CommandTable,
    | 'parley.newChat'
    | 'parley.stop'
    | 'parley.showTasks'
    | 'parley.copyLastAnswer'
    | 'parley.compareModels'
    | 'parley.copyMessage'
    | 'parley.forkMessage'
    | 'parley.regenerateWith'
  >;
  readonly intents: Pick<IntentTable, keyof ReturnType<typeof chatIntents>>;
}

/** Creates the conversations and the side bar's panel. The conversation that it last showed is read when something asks for it. */
export function registerChat(house: House, needs: ChatNeeds): ChatFeature {
  const { log, now, workspaceState, globalState, warnOfFailure } = house;
  const { instructions } = needs;
  const { store, warnOfUnread, media } = needs.storage;
  const { settings, gateways } = needs.gateways;
  const { client, catalogue, choice, unsupportedParameters } = needs.models;

  const attachments = new PendingAttachments(workspaceState, log);
  const edits = new PromptEdits(workspaceState, log);
  const queues = new PromptQueues(workspaceState, log);
  const comparison = new ComparisonChoice(log);
  const counter = new TokenCounter(new StoredCalibration(globalState, log));
  const tasks = registerTasks({
    house,
    client,
    store,
    pool: () => pool,
    panels: () => panels,
  });
  const pool: SessionPool = new SessionPool({
    client,
    generation: tasks.generation,
    media,
    targetOf: (model, conversationId) => targets.of(model, conversationId),
    store,
    log,
    now,
    counter,
    newId: () => crypto.randomUUID(),
    wantsTitles: () => settings.automaticTitles(),
    promptWaits: (conversationId) => queues.of(conversationId).length > 0,
  });
  const sideBar: Panel = {
    sessions: new Sessions(pool, lastShown(workspaceState)),
    page: needs.page,
    subscriptions: house.subscriptions.add(new DisposableStore()),
  };
  const panels: Panels = new Panels(sideBar, warnOfFailure('Following the panels'));
  const shown = new ShownConversation(sideBar.sessions, workspaceState, warnOfUnread, warnOfFailure);
  const usedId = (): string => panels.used.sessions.current.conversation.id;
  const workspaceInstructions = {
    ready: () => instructions.ready().catch(warnOfFailure("Reading the workspace's instructions")),
    of: (conversationId: string | undefined) => instructions.textsFor(conversationId ?? usedId()),
  };
  const targets: Targets = new Targets(
    choice,
    gateways,
    catalogue,
    settings,
    workspaceInstructions,
    unsupportedParameters,
    (conversationId) => pool.get(conversationId ?? usedId())?.conversation.parameters ?? {},
  );
  const offerGateways = ({ empty }: Session): void => {
    // An empty conversation shows the cards of the gateways already.
    if (empty) return;
    const offer = async (): Promise<void> => {
      if (await needs.addGateway()) await panels.used.page.reveal();
    };
    offer().catch(warnOfFailure('Adding a gateway'));
  };
  const submission = new PromptSubmission({
    ...{ pool, targets, queues, comparison, offerGateways, log },
    modelChosen: choice.changed,
  });
  followSessions(house, needs, { pool, panels }, shown);
  notifyOfAnswers(house, pool, panels);

  const intents = chatIntents({
    targets,
    submission,
    comparison,
    attachments,
    edits,
    instructions,
    choice,
    modelPicker: needs.modelPicker,
  });
  const restored = (): Promise<void> => shown.restored();
  return {
    pool,
    panels,
    targets,
    attachments,
    edits,
    queues,
    comparison,
    submission,
    restored,
    resumeTasks: tasks.resume,
    commands: {
      ...tasks.commands,
      ...messageCommands(panels, intents),
      'parley.newChat': async () => {
        await restored();
        const { sessions, page } = panels.used;
        sessions.startNew();
        await page.reveal();
      },
      'parley.stop': async () => {
        await panels.used.sessions.current.stop();
      },
      'parley.copyLastAnswer': async () => {
        await restored();
        const path = selectedPath(panels.used.sessions.current.conversation);
        const answer = path.findLast(({ role }) => role === 'assistant');
        if (answer !== undefined) await env.clipboard.writeText(messageText(answer));
      },
      'parley.compareModels': async () => {
        await restored();
        await intents['choose-comparison']({}, panels.used);
      },
    },
    intents,
  };
}

/** Shows outside the panel what happens in the conversations. */
function followSessions(
  { subscriptions, warnOfFailure }: House,
  { models, storage, statusBar, walkthrough }: ChatNeeds,
  { pool, panels }: Pick<ChatFeature, 'pool' | 'panels'>,
  shown: ShownConversation,
): void {
  const showAnswering = (): void => {
    const { answering } = panels.used.sessions.current;
    statusBar.showAnswering(answering);
    void commands.executeCommand('setContext', 'parley.streaming', answering);
  };
  subscriptions.add(
    pool.answeringChanged.on(({ answering }) => {
      showAnswering();
      if (answering) walkthrough.note('parley.hasAsked', true);
    }),
  );
  subscriptions.add(panels.usedChanged.on(showAnswering));
  subscriptions.add(
    panels.chatChanged.on((panel) => {
      if (panel === panels.sideBar) shown.remember();
      showAnswering();
    }),
  );
  subscriptions.add(
    pool.saveFailed.on((error) => {
      storage.warnOfUnsaved(error);
    }),
  );
  subscriptions.add(
    panels.reopened.on(({ sessions }) => {
      models.choice
        .goOnWith(selectedPath(sessions.current.conversation).findLast(({ role }) => role === 'assistant'))
        .catch(warnOfFailure('Choosing the model of a chat'));
    }),
  );
}
