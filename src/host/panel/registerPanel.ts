import { commands, env } from 'vscode';
import type { ChatFeature } from '../chat/registerChat';
import type { CommandTable } from '../contributions/commandIds';
import type { House } from '../contributions/house';
import type { Intents, IntentTable } from '../contributions/intents';
import type { GatewayFeature } from '../gateways/registerGateways';
import type { EditFeature } from '../edits/registerEdits';
import type { InstructionFeature } from '../instructions/registerInstructions';
import type { ModelFeature } from '../models/registerModels';
import type { PresetFeature } from '../presets/registerPresets';
import type { StarterFeature } from '../starters/registerStarters';
import type { ViewStateFile } from '../storage/viewStateFile';
import { openLink } from '../ui/openLink';
import type { WalkthroughProgress } from '../welcome/walkthroughProgress';
import { ChatPanel } from './chatPanel';
import { PanelStates } from './panelStates';
import type { PanelView } from './panelView';

/** What the panel shows, and what carries out its requests. */
interface PanelNeeds {
  readonly view: PanelView;
  readonly viewState: ViewStateFile;
  readonly gateways: Pick<GatewayFeature, 'gateways'>;
  readonly models: Pick<ModelFeature, 'catalogue' | 'choice'>;
  readonly chat: ChatFeature;
  readonly instructions: InstructionFeature;
  readonly edits: Pick<EditFeature, 'applied'>;
  readonly starters: StarterFeature;
  readonly presets: Pick<PresetFeature, 'stateOf' | 'presetsChanged'>;
  readonly walkthrough: WalkthroughProgress;
  /** Deletes what is no longer needed; called when the panel is shown. */
  readonly housekeeping: () => Promise<void>;
  readonly intents: Intents;
}

/** Keeps the panel up to date from now on. */
export function registerPanel(house: House, needs: PanelNeeds): void {
  const { log, subscriptions, warnOfFailure } = house;
  const { chat, view, intents } = needs;
  const { gateways } = needs.gateways;
  const { catalogue, choice } = needs.models;
  const { instructions, instructionsChanged } = needs.instructions;
  const { sessions, targets, attachments, edits, queues, comparison } = chat;
  const { applied } = needs.edits;
  const states = new PanelStates({
    gateways,
    choice,
    catalogue,
    attachments,
    edits,
    queues,
    comparison,
    opened: needs.starters.opened,
    parametersState: needs.presets.stateOf,
    noteReady: (isReady) => {
      needs.walkthrough.note('parley.ready', isReady);
    },
    planOf: (conversationId, next) => {
      const model = choice.current();
      return model === undefined
        ? undefined
        : sessions.get(conversationId)?.plan(targets.of(model, conversationId), next);
    },
    appliedIn: (conversationId) => {
      const session = sessions.get(conversationId);
      return session === undefined ? [] : applied.of(session.conversation.messages);
    },
    instructionsOf: (conversationId, tokensOf) => instructions.chipsFor(conversationId, tokensOf),
  });
  const restored = async (): Promise<void> => {
    await chat.restored();
    // If a gateway is ready but no model was ever chosen, its default model is chosen. The panel does not wait for that.
    choice.ensure().catch(warnOfFailure('Choosing a model'));
    needs.starters.watch().catch(warnOfFailure('Finding out what is open'));
    instructions.load().catch(warnOfFailure("Reading the workspace's instructions"));
    needs.housekeeping().catch(warnOfFailure('Tidying up'));
    chat.resumeTasks().catch(warnOfFailure('Resuming tasks'));
  };
  const handle: Intents['handle'] = (message) => intents.handle(message);
  const panel = subscriptions.add(
    new ChatPanel({ view, sessions, states, log, viewState: needs.viewState, restored, handle }),
  );
  const refresh = (): void => {
    panel.refreshState().catch(warnOfFailure('Refreshing the panel'));
  };
  for (const { changed } of [gateways, choice, attachments, edits, queues, comparison, applied])
    subscriptions.add(changed.on(refresh));
  subscriptions.add(instructionsChanged.on(refresh));
  for (const changed of [needs.presets.presetsChanged, needs.starters.openedChanged])
    subscriptions.add(changed.on(refresh));
  subscriptions.add(
    sessions.answeringChanged.on((answering) => {
      if (!answering) refresh();
    }),
  );
}

/** The code of the commands about the panel as a whole. */
export function panelCommands(
  { log }: House,
  view: PanelView,
): Pick<
  CommandTable,
  'parley.openChat' | 'parley.findInChat' | 'parley.showShortcuts' | 'parley.openSettings' | 'parley.showLog'
> {
  return {
    'parley.openChat': () => view.reveal(),
    'parley.findInChat': () => view.showPart('find'),
    'parley.showShortcuts': () => view.showPart('shortcuts'),
    'parley.openSettings': async () => {
      await commands.executeCommand('workbench.action.openSettings', '@ext:parley.parley');
    },
    'parley.showLog': () => {
      log.show();
      return Promise.resolve();
    },
  };
}

/**
 * The code of the intents about the page as a whole.
 *
 * @param preload Loads what the first prompt needs.
 */
export function panelIntents(
  { log }: House,
  preload: () => Promise<void>,
): Pick<IntentTable, 'composer-focused' | 'copy' | 'open-link' | 'view-failed'> {
  return {
    'composer-focused': () => preload(),
    copy: ({ text }) => env.clipboard.writeText(text),
    'open-link': ({ href }) => openLink(href),
    'view-failed': ({ message }) => {
      log.error(`The panel reported: ${message}`);
    },
  };
}
