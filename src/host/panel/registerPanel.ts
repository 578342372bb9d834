import { commands, env } from 'vscode';
import type { ChatFeature } from '../chat/registerChat';
import type { CommandTable } from '../contributions/commandIds';
import type { House } from '../contributions/house';
import { Intents, type IntentTable } from '../contributions/intents';
import type { OpenPanels, Panel } from '../contributions/openPanels';
import type { GatewayFeature } from '../gateways/registerGateways';
import type { EditFeature } from '../edits/registerEdits';
import type { InstructionFeature } from '../instructions/registerInstructions';
import type { ModelFeature } from '../models/registerModels';
import type { PresetFeature } from '../presets/registerPresets';
import type { StarterFeature } from '../starters/registerStarters';
import type { ViewState } from '../../shared/messages/viewState';
import type { ViewStateFile } from '../storage/viewStateFile';
import { openLink } from '../ui/openLink';
import type { WalkthroughProgress } from '../welcome/walkthroughProgress';
import { ChatPanel } from './chatPanel';
import { PanelStates } from './panelStates';
import type { PanelView } from './panelView';

/** What panels show, and what carries out their requests. */
interface PanelNeeds {
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
  readonly intents: IntentTable;
}

/** Shows the chats in their panels. */
export interface PanelFeature {
  /** Keeps the page of a panel up to date from now on. Returns what carries out its requests. */
  readonly follow: (panel: Panel, view: PanelView) => Intents;
}

/** Prepares what panels show around their conversations. */
export function registerPanel(house: House, needs: PanelNeeds): PanelFeature {
  const { log, subscriptions, warnOfFailure } = house;
  const { chat } = needs;
  const { gateways } = needs.gateways;
  const { catalogue, choice } = needs.models;
  const { instructions, instructionsChanged } = needs.instructions;
  const { pool, targets, attachments, edits, queues, comparison } = chat;
  const { applied } = needs.edits;
  const states = new PanelStates({
    gateways,
    choice,
    catalogue,
    attachments,
    edits,
    queues,
    comparison,
    openedFor: (conversationId) =>
      pool.get(conversationId)?.empty === true ? needs.starters.opened() : undefined,
    parametersState: needs.presets.stateOf,
    noteReady: (isReady) => {
      needs.walkthrough.note('parley.ready', isReady);
    },
    planOf: (conversationId, next) => {
      const model = choice.current();
      return model === undefined
        ? undefined
        : pool.get(conversationId)?.plan(targets.of(model, conversationId), next);
    },
    appliedIn: (conversationId) => {
      const session = pool.get(conversationId);
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
  const shown = new Set<ChatPanel>();
  const refresh = (panel: ChatPanel): void => {
    panel.refreshState().catch(warnOfFailure('Refreshing a panel'));
  };
  const refreshAll = (): void => {
    shown.forEach(refresh);
  };
  for (const { changed } of [gateways, choice, attachments, edits, queues, comparison, applied])
    subscriptions.add(changed.on(refreshAll));
  subscriptions.add(instructionsChanged.on(refreshAll));
  for (const changed of [needs.presets.presetsChanged, needs.starters.openedChanged])
    subscriptions.add(changed.on(refreshAll));
  return {
    follow: (panel, view) => {
      const { sessions } = panel;
      const intents = new Intents(needs.intents, panel);
      const { viewState } = needs;
      const remember = (state: ViewState): void => {
        const changed = viewState.save(state);
        for (const other of shown) if (other !== chatPanel) other.sendDrafts(changed);
      };
      const handle: Intents['handle'] = (message) => intents.handle(message);
      const chatPanel: ChatPanel = panel.subscriptions.add(
        new ChatPanel({
          ...{ view, sessions, states, log, restored, handle, remember },
          drafts: () => viewState.views,
          used: () => {
            chat.panels.use(panel);
          },
        }),
      );
      shown.add(chatPanel);
      panel.subscriptions.add({ dispose: () => shown.delete(chatPanel) });
      panel.subscriptions.add(
        sessions.answeringChanged.on((answering) => {
          if (!answering) refresh(chatPanel);
        }),
      );
      return intents;
    },
  };
}

/** The code of the commands about a panel as a whole. */
export function panelCommands(
  { log }: House,
  panels: OpenPanels,
): Pick<
  CommandTable,
  'parley.openChat' | 'parley.findInChat' | 'parley.showShortcuts' | 'parley.openSettings' | 'parley.showLog'
> {
  return {
    'parley.openChat': () => panels.used.page.reveal(),
    'parley.findInChat': () => panels.used.page.showPart('find'),
    'parley.showShortcuts': () => panels.used.page.showPart('shortcuts'),
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
