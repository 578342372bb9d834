import { commands, env } from 'vscode';
import type { Session } from '../../core/conversation/session';
import { Sessions } from '../../core/conversation/sessions';
import type { MediaStore } from '../../core/ports/mediaStore';
import type { ConversationStore } from '../../core/ports/conversationStore';
import { TokenCounter } from '../../core/prompt/tokenCounter';
import { messageText, selectedPath } from '../../shared/conversation/conversation';
import type { CommandTable } from '../contributions/commandIds';
import type { House } from '../contributions/house';
import type { IntentTable } from '../contributions/intents';
import type { Page } from '../contributions/page';
import type { GatewayFeature } from '../gateways/registerGateways';
import type { LazyInstructions } from '../instructions/lazyInstructions';
import type { ModelPicker } from '../models/modelPicker';
import type { ModelStatusBar } from '../models/modelStatusBar';
import type { ModelFeature } from '../models/registerModels';
import { StoredCalibration } from '../models/storedCalibration';
import { Targets } from '../models/targets';
import { registerTasks } from '../tasks/registerTasks';
import type { StorageWarnings } from '../storage/storageWarnings';
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
    readonly storageWarnings: StorageWarnings;
    readonly media: MediaStore;
  };
  readonly instructions: LazyInstructions;
  readonly statusBar: ModelStatusBar;
  readonly walkthrough: WalkthroughProgress;
  readonly page: Page;
}

/** The conversations and how prompts are sent in them. */
export interface ChatFeature {
  readonly sessions: Sessions;
  readonly targets: Targets;
  readonly attachments: PendingAttachments;
  readonly edits: PromptEdits;
  readonly queues: PromptQueues;
  readonly comparison: ComparisonChoice;
  readonly submission: PromptSubmission;
  /** Resolves when the conversation that the window last showed is open again. */
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

/** Creates the conversations. The one that the window last showed is read when something asks for it. */
export function registerChat(house: House, needs: ChatNeeds): ChatFeature {
  const { log, now, workspaceState, globalState, warnOfFailure } = house;
  const { instructions, page } = needs;
  const { store, storageWarnings, media } = needs.storage;
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
    sessions: () => sessions,
    reveal: () => page.reveal(),
  });
  const sessions: Sessions = new Sessions(
    {
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
    },
    lastShown(workspaceState),
  );
  const shown = new ShownConversation(sessions, workspaceState, storageWarnings, warnOfFailure);
  const workspaceInstructions = {
    ready: () => instructions.ready().catch(warnOfFailure("Reading the workspace's instructions")),
    of: (conversationId: string | undefined) =>
      instructions.textsFor(conversationId ?? sessions.current.conversation.id),
  };
  const targets: Targets = new Targets(
    choice,
    gateways,
    catalogue,
    settings,
    workspaceInstructions,
    unsupportedParameters,
    (conversationId) =>
      (conversationId === undefined ? sessions.current : sessions.get(conversationId))?.conversation
        .parameters ?? {},
  );
  const offerGateways = ({ empty }: Session): void => {
    // An empty conversation shows the cards of the gateways already.
    if (empty) return;
    const offer = async (): Promise<void> => {
      if (await needs.addGateway()) await page.reveal();
    };
    offer().catch(warnOfFailure('Adding a gateway'));
  };
  const submission = new PromptSubmission({
    ...{ sessions, targets, queues, comparison, offerGateways, log },
    modelChosen: choice.changed,
  });
  followSessions(house, needs, sessions, shown);
  notifyOfAnswers(house, sessions, page);

  const intents = chatIntents({
    sessions,
    targets,
    submission,
    comparison,
    attachments,
    edits,
    instructions,
    choice,
    modelPicker: needs.modelPicker,
    page,
  });
  const restored = (): Promise<void> => shown.restored();
  return {
    sessions,
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
      ...messageCommands(sessions, intents),
      'parley.newChat': async () => {
        await restored();
        sessions.startNew();
        await page.reveal();
      },
      'parley.stop': async () => {
        await sessions.current.stop();
      },
      'parley.copyLastAnswer': async () => {
        await restored();
        const path = selectedPath(sessions.current.conversation);
        const answer = path.findLast(({ role }) => role === 'assistant');
        if (answer !== undefined) await env.clipboard.writeText(messageText(answer));
      },
      'parley.compareModels': async () => {
        await restored();
        await intents['choose-comparison']({});
      },
    },
    intents,
  };
}

/** Shows outside the panel what happens in the conversations. */
function followSessions(
  { subscriptions, warnOfFailure }: House,
  { models, storage, statusBar, walkthrough }: ChatNeeds,
  sessions: Sessions,
  shown: ShownConversation,
): void {
  subscriptions.add(
    sessions.answeringChanged.on((answering) => {
      statusBar.showAnswering(answering);
      void commands.executeCommand('setContext', 'parley.streaming', answering);
      if (answering) walkthrough.note('parley.hasAsked', true);
    }),
  );
  subscriptions.add(
    sessions.currentChanged.on(() => {
      shown.remember();
    }),
  );
  subscriptions.add(
    sessions.saveFailed.on((error) => {
      storage.storageWarnings.unsaved(error);
    }),
  );
  subscriptions.add(
    sessions.reopened.on(({ conversation }) => {
      models.choice
        .goOnWith(selectedPath(conversation).findLast(({ role }) => role === 'assistant'))
        .catch(warnOfFailure('Choosing the model of a chat'));
    }),
  );
}
