/** The id of every command of package.json. The entry registers them all before their code is loaded. */
export const commandIds = [
  'parley.openChat',
  'parley.newChat',
  'parley.showHistory',
  'parley.openSettings',
  'parley.explainSelection',
  'parley.inlineEdit',
  'parley.stopInlineEdit',
  'parley.fixProblems',
  'parley.writeTests',
  'parley.document',
  'parley.refactor',
  'parley.addSelection',
  'parley.attachFiles',
  'parley.addTerminalSelection',
  'parley.openPrompts',
  'parley.deleteCodebaseIndex',
  'parley.forgetCodebaseChoice',
  'parley.selectModel',
  'parley.previousModel',
  'parley.toggleCompletions',
  'parley.selectCompletionModel',
  'parley.addGateway',
  'parley.manageGateways',
  'parley.setApiKey',
  'parley.removeApiKey',
  'parley.checkGateway',
  'parley.forgetRefusals',
  'parley.stop',
  'parley.showTasks',
  'parley.showLog',
  'parley.compareModels',
  'parley.exportChat',
  'parley.importChat',
  'parley.deleteChat',
  'parley.findInChat',
  'parley.showShortcuts',
  'parley.copyLastAnswer',
  'parley.accessibilityHelp',
  'parley.openWalkthrough',
  'parley.acceptChange',
  'parley.discardChange',
  'parley.acceptAll',
  'parley.rejectAll',
  'parley.acceptHunk',
  'parley.rejectHunk',
  'parley.nextHunk',
  'parley.previousHunk',
  'parley.generateCommitMessage',
  'parley.stopCommitMessage',
  'parley.copyMessage',
  'parley.forkMessage',
  'parley.regenerateWith',
] as const;

/** The id of one of Parley's commands. */
type CommandId = (typeof commandIds)[number];

/** What a command does. A menu passes what it was opened on. */
type Command = (...parameters: readonly unknown[]) => Promise<void>;

/** The code of every command. */
export type CommandTable = Readonly<Record<CommandId, Command>>;
