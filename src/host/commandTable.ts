import * as vscode from 'vscode';
import type { Sessions } from '../core/conversation/sessions';
import { messageText, selectedPath } from '../shared/conversation/conversation';
import type { CommandTable } from './entry/commandIds';
import type { GatewayCheckup } from './setup/gatewayCheckup';
import type { GatewaySetup } from './setup/gatewaySetup';
import type { AccessibilityHelp } from './welcome/accessibilityHelp';
import type { PromptSubmission } from './chat/promptSubmission';
import type { EditActions } from './edits/editActions';
import type { ContextActions } from './context/contextActions';
import type { HistoryActions } from './history/historyActions';
import type { Intents } from './intents';
import type { PanelPart } from '../shared/messages/toView';
import type { OutputLog } from './ui/outputLog';
import { messageCommands } from './messageCommands';
import type { ModelChoice } from './models/modelChoice';
import type { ModelPicker } from './models/modelPicker';
import type { PendingAttachments } from './chat/pendingAttachments';
import type { WalkthroughProgress } from './welcome/walkthroughProgress';

/** What the commands call. */
interface CommandPorts {
  readonly sessions: Sessions;
  readonly restored: () => Promise<void>;
  readonly reveal: () => Promise<void>;
  readonly walkthrough: WalkthroughProgress;
  readonly attachments: PendingAttachments;
  readonly asking: PromptSubmission;
  readonly intents: Intents;
  readonly history: () => Promise<HistoryActions>;
  readonly context: () => Promise<ContextActions>;
  readonly code: () => Promise<EditActions>;
  readonly choice: ModelChoice;
  readonly modelPicker: () => Promise<ModelPicker>;
  readonly setup: () => Promise<GatewaySetup>;
  readonly checkup: () => Promise<GatewayCheckup>;
  readonly accessibilityHelp: () => Promise<AccessibilityHelp>;
  readonly showPart: (part: PanelPart) => Promise<void>;
  readonly log: OutputLog;
}

/** Every command of package.json, by id. */
export function commandTable(ports: CommandPorts): CommandTable {
  const {
    sessions,
    restored,
    reveal,
    walkthrough,
    attachments,
    asking,
    intents,
    history,
    context,
    code,
    choice,
    modelPicker,
    setup,
    checkup,
    accessibilityHelp,
    showPart,
    log,
  } = ports;
  return {
    ...messageCommands({ sessions, intents }),
    'parley.openChat': reveal,
    'parley.newChat': async () => {
      await restored();
      sessions.startNew();
      await reveal();
    },
    'parley.showHistory': async () => {
      await (await history()).pick();
    },
    'parley.openSettings': async () => {
      await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:parley.parley');
    },
    'parley.explainSelection': async () => {
      await restored();
      const subject = await (await context()).subject();
      if (subject === undefined) return;
      // An explanation does not wait for another answer: that one goes on in its own conversation.
      if (sessions.current.answering) sessions.startNew();
      await asking.askAbout(subject, vscode.l10n.t('Explain this code.'));
      await reveal();
    },
    'parley.addSelection': async () => {
      await restored();
      const subject = await (await context()).subject();
      if (subject === undefined) return;
      attachments.add(sessions.current.conversation.id, subject);
      await reveal();
    },
    'parley.attachFiles': async (clicked, selected) => {
      await restored();
      const uris = urisOf(clicked, selected);
      if (uris.length === 0) await (await context()).attachBySource('file');
      else await (await context()).attachFiles(uris);
      await reveal();
    },
    'parley.addTerminalSelection': async () => {
      await restored();
      await (await context()).attachBySource('terminal');
      await reveal();
    },
    'parley.openPrompts': async () => {
      await (await context()).openPrompts();
    },
    'parley.selectModel': async () => {
      await (await modelPicker()).pick();
    },
    'parley.previousModel': async () => {
      const previous = choice.previous();
      if (previous === undefined) await (await modelPicker()).pick();
      else await choice.select(previous);
    },
    'parley.addGateway': async () => {
      if (await (await setup()).add(null)) await reveal();
    },
    'parley.setApiKey': async () => {
      await (await setup()).setKey();
    },
    'parley.removeApiKey': async () => {
      await (await setup()).removeKey();
    },
    'parley.checkGateway': async () => {
      await (await checkup()).start();
    },
    'parley.forgetRefusals': async () => {
      await (await checkup()).forgetRefusals();
    },
    'parley.compareModels': async () => {
      await restored();
      await intents.handle({ type: 'choose-comparison', body: {} });
    },
    'parley.exportChat': async () => {
      await restored();
      await (await history()).exportChat();
    },
    'parley.importChat': async () => {
      await (await history()).importChat();
    },
    'parley.findInChat': () => showPart('find'),
    'parley.showShortcuts': () => showPart('shortcuts'),
    'parley.accessibilityHelp': async () => {
      await (await accessibilityHelp()).show();
    },
    'parley.openWalkthrough': () => walkthrough.open(),
    'parley.copyLastAnswer': async () => {
      await restored();
      const answer = selectedPath(sessions.current.conversation).findLast(({ role }) => role === 'assistant');
      if (answer !== undefined) await vscode.env.clipboard.writeText(messageText(answer));
    },
    'parley.acceptChange': async () => {
      await (await code()).accept();
    },
    'parley.discardChange': async () => {
      await (await code()).discard();
    },
    'parley.stop': async () => {
      await sessions.current.stop();
    },
    'parley.showLog': () => {
      log.show();
      return Promise.resolve();
    },
  };
}

/** What a menu of files was opened on: all that is selected there, else what was clicked. */
function urisOf(clicked: unknown, selected: unknown): readonly vscode.Uri[] {
  const several = Array.isArray(selected) ? selected.filter((uri) => uri instanceof vscode.Uri) : [];
  if (several.length > 0) return several;
  return clicked instanceof vscode.Uri ? [clicked] : [];
}
