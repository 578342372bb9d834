import * as vscode from 'vscode';
import type { Sessions } from '../core/sessions';
import type { Attachment } from '../shared/attachment';
import { selectedPath } from '../shared/conversation';
import type { GatewayCheckup } from './gatewayCheckup';
import type { GatewaySetup } from './gatewaySetup';
import type { AccessibilityHelp } from './accessibilityHelp';
import type { Asking } from './asking';
import type { CodeIntents } from './code/codeIntents';
import type { HistoryIntents } from './history/historyIntents';
import type { Intents } from './intents';
import type { PanelPart } from '../shared/messages';
import type { OutputLog } from './log';
import type { ModelChoice } from './modelChoice';
import type { ModelPicker } from './modelPicker';
import type { PendingAttachments } from './pendingAttachments';
import { attachSelections, attachSubject } from './selection';

/** What the commands call. */
export interface CommandPorts {
  readonly sessions: Sessions;
  readonly restored: () => Promise<void>;
  readonly reveal: () => Promise<void>;
  readonly attachments: PendingAttachments;
  readonly asking: Asking;
  readonly intents: Intents;
  readonly history: () => Promise<HistoryIntents>;
  readonly code: () => Promise<CodeIntents>;
  readonly choice: ModelChoice;
  readonly modelPicker: ModelPicker;
  readonly setup: GatewaySetup;
  readonly checkup: () => Promise<GatewayCheckup>;
  readonly accessibilityHelp: () => Promise<AccessibilityHelp>;
  readonly showPart: (part: PanelPart) => Promise<void>;
  readonly log: OutputLog;
}

/** Every command of package.json, by id. */
export function commandTable(ports: CommandPorts): Readonly<Record<string, () => Promise<void>>> {
  const {
    sessions,
    restored,
    reveal,
    attachments,
    asking,
    intents,
    history,
    code,
    choice,
    modelPicker,
    setup,
    checkup,
    accessibilityHelp,
    showPart,
    log,
  } = ports;
  const attach = async (pieces: readonly Attachment[]): Promise<void> => {
    await restored();
    attachments.add(sessions.current.conversation.id, pieces);
  };
  return {
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
      const editor = activeEditor();
      if (editor === undefined) return;
      const subject = await attachSubject(editor);
      await restored();
      // An explanation does not wait for another answer: that one goes on in its own conversation.
      if (sessions.current.answering) sessions.startNew();
      await attach(subject);
      await asking.submit({ text: vscode.l10n.t('Explain this code.') });
      await reveal();
    },
    'parley.addSelection': async () => {
      const editor = activeEditor();
      if (editor === undefined) return;
      const selections = attachSelections(editor);
      await attach(selections.length > 0 ? selections : await attachSubject(editor));
      await reveal();
    },
    'parley.selectModel': async () => {
      await modelPicker.pick();
    },
    'parley.previousModel': async () => {
      const previous = choice.previous();
      if (previous === undefined) await modelPicker.pick();
      else await choice.select(previous);
    },
    'parley.addGateway': async () => {
      if (await setup.add(null)) await reveal();
    },
    'parley.setApiKey': async () => {
      await setup.setKey();
    },
    'parley.removeApiKey': async () => {
      await setup.removeKey();
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
    'parley.openWalkthrough': async () => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'parley.parley#start', false);
    },
    'parley.copyLastAnswer': async () => {
      await restored();
      const answer = selectedPath(sessions.current.conversation).findLast(({ role }) => role === 'assistant');
      if (answer?.role === 'assistant') await vscode.env.clipboard.writeText(answer.text);
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

function activeEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a file first, then put the cursor on the code.'),
    );
  }
  return editor;
}
