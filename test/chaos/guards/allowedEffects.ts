import { relative } from 'node:path';
import { gatewayPresets } from '../../../src/gateway/setup/gatewayPresets';
import type { Effect } from './effects';
import type { Stage } from './vscode/stage';

/** What some kinds of messages have in common. */
const page = ['tell page'];
const log = ['log'];
const books = ['read own file', 'write own file'];
/** What cannot be saved is said, with what can be done about it. */
const saving = [...books, ...log, 'ask', 'show log'];
const back = ['command parley.chat.focus'];
const answering = [
  'ask gateway',
  'read key',
  'reach elsewhere',
  'command setContext',
  'remember',
  ...saving,
  ...page,
];
const chats = [...saving, 'command setContext', 'remember', ...page, ...back];
const looking = ['follow links', 'look at file', 'list files', 'read file', 'open document'];
const gathering = [...looking, 'ask', 'tell', 'remember', ...page];
/** The index of #codebase. No gateway here has an embedding model, so nothing is sent. */
const searching = [...books, ...log];
const applying = [
  ...looking,
  'ask',
  'tell',
  'edit',
  'show editor',
  'command vscode.diff',
  // All files of an answer in one diff.
  'command vscode.changes',
  // A proposal is kept for the next window until the user has decided.
  ...books,
  // The buttons for all proposals of a review.
  'command setContext',
  'remember',
  ...page,
  // Ask the Model for the Exact Edit, which a person chooses from a list.
  'ask gateway',
  'read key',
  ...log,
];
const models = [
  'ask',
  'tell',
  'list models',
  'read key',
  'reach elsewhere',
  'write key',
  'write setting',
  'remember',
  ...page,
  ...back,
  ...log,
];
const media = ['fetch', 'open outside', 'ask', 'tell', ...page];

/** Which effects each kind of message may have, with everything that its handler does later. What is missing here is refused. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  // A window that opens looks for tasks that were under way.
  ready: [...page, 'read own file'],
  'composer-focused': [],
  submit: answering,
  'remove-queued': ['remember', ...page],
  'edit-queued': ['remember', ...page],
  'send-queued': answering,
  stop: [...saving, ...page, 'command setContext'],
  'begin-edit': ['remember', ...page],
  'end-edit': ['remember', ...page],
  edit: answering,
  'set-parameters': [...saving, ...page],
  'save-preset': ['remember', ...page],
  'choose-preset': [...saving, 'tell', 'read key', 'remember', ...page],
  'rename-preset': ['remember', ...page],
  'delete-preset': ['remember', ...page],
  'restore-preset': ['remember', ...page],
  regenerate: answering,
  'regenerate-with': [...answering, ...models],
  fork: chats,
  'choose-comparison': models,
  'end-comparison': page,
  compare: [...answering, ...models],
  'show-comparison': [...saving, ...page],
  'pick-answer': [...saving, ...page],
  'select-version': [...saving, ...page],
  'failure-action': [
    ...answering,
    ...models,
    'command workbench.action.openSettings',
    'show log',
    // Open Billing Page. The page depends only on the gateway's own host.
    'open outside',
  ],
  'new-chat': chats,
  'list-history': [...books, ...page],
  'open-chat': [...chats, 'tell'],
  'open-elsewhere': [...chats, 'tell', 'open tab', 'command workbench.action.moveEditorToNewWindow'],
  'rename-chat': [...saving, ...page],
  'pin-chat': [...saving, ...page],
  'delete-chat': chats,
  'restore-chat': chats,
  'export-chat': [...books, 'ask', 'tell', 'write file', 'command vscode.open'],
  'import-chat': [...chats, ...log, 'ask', 'tell', 'look at file', 'read file'],
  'select-model': models,
  'add-gateway': models,
  // The cards of a new user show the servers that run on this computer. No key is read for that.
  'find-local-servers': ['list models', 'reach elsewhere', ...page],
  attach: [...gathering, ...searching, ...back],
  start: [...gathering, ...answering, 'command vscode.executeDocumentSymbolProvider'],
  'find-context': [
    ...looking,
    ...page,
    'command vscode.executeDocumentSymbolProvider',
    'command vscode.executeWorkspaceSymbolProvider',
  ],
  'attach-found': [...gathering, 'command vscode.executeDocumentSymbolProvider'],
  'attach-context': [...gathering, ...searching, 'read clipboard', 'write clipboard'],
  'attach-dropped': gathering,
  'attach-picture': ['tell', 'remember', ...page],
  'attach-text': ['remember', ...page],
  'find-prompts': ['follow links', 'read file', 'list files', ...page],
  'use-prompt': [...gathering, 'command vscode.executeDocumentSymbolProvider'],
  'remove-attachment': ['remember', ...page],
  'set-mask': ['remember', ...page],
  'open-attachment': [
    'open document',
    'show editor',
    'write own file',
    'command vscode.open',
    'follow links',
    'look at file',
  ],
  copy: ['write clipboard'],
  // A file that runs by itself is asked about, and for that its links are followed.
  'insert-code': ['follow links', 'ask', 'edit', 'show editor', 'tell', ...log],
  'apply-code': applying,
  'apply-all': applying,
  'new-file': [...looking, 'ask', 'edit', 'show editor', ...log],
  'run-in-terminal': ['open terminal', 'type in terminal', 'ask', 'tell', ...log],
  'open-link': ['open outside'],
  'load-media': media,
  'save-media': [...media, 'write file'],
  // The person chooses a voice, and the gateway is asked for each part.
  'read-aloud': models,
  'load-speech': ['ask gateway', 'read key', 'remember', ...books, ...page, ...log],
  'speech-unplayable': ['remember'],
  'save-speech': ['ask', 'tell', 'write file'],
  'stop-speech': [],
  // No gateway here has a model for transcriptions, so no recorder is looked for.
  dictate: page,
  'remember-view': ['write own file'],
  'view-failed': log,
  // The commands of the context menus, which the page tells on what they were opened.
  'parley.copyMessage': ['write clipboard'],
  'parley.forkMessage': chats,
  'parley.regenerateWith': [...answering, ...models],
};

/** Effects that need a person's yes: without it, a message has none of them. */
const onlyWithConsent: ReadonlySet<string> = new Set([
  'write key',
  'write setting',
  'write file',
  'reach elsewhere',
  'show log',
]);

/** Messages that reach what lies outside once the user has let it go along. */
const reachesAttached: ReadonlySet<string> = new Set([
  'attach-dropped',
  'apply-code',
  'apply-all',
  'open-attachment',
]);

/** Messages that look for servers on this computer, without a question and without a key. */
const looksLocally: ReadonlySet<string> = new Set(['add-gateway', 'find-local-servers']);

/** Whether a message of this type may have this effect, done with what it was done with. */
export function isAllowed(type: string, effect: Effect, stage: Stage): boolean {
  const { kind } = effect;
  if (allowed[type]?.includes(kind) !== true) return false;
  // A failure's own button shows the log.
  const isChosen =
    (type === 'apply-code' || type === 'apply-all') && (kind === 'ask gateway' || kind === 'read key');
  const isFree =
    (kind === 'show log' && type === 'failure-action') ||
    (kind === 'reach elsewhere' && looksLocally.has(type) && isLocalServer(effect.detail));
  const isAsked = isChosen || (onlyWithConsent.has(kind) && !isFree);
  if (isAsked && !stage.saysYes) return false;
  return isAllowedWith(effect, type, stage);
}

function isAllowedWith({ kind, detail }: Effect, type: string, stage: Stage): boolean {
  const { origin } = new URL(stage.baseUrl);
  switch (kind) {
    case 'open outside':
      return /^(?:https?|mailto):/.test(detail);
    case 'ask gateway':
    case 'list models':
      if (looksLocally.has(type) && isLocalServer(detail)) return true;
      return detail.startsWith(`${stage.baseUrl}/`) || (stage.saysYes && isPresets(new URL(detail).hostname));
    case 'fetch':
      return detail.startsWith(`${origin}/media/`);
    case 'reach elsewhere':
      return isPresets(detail.replace(/:\d+$/, ''));
    case 'write setting':
      return isPresetOrOwn(detail, stage);
    case 'follow links':
      // The folders on the way to the workspace are looked at, too.
      return isIn(stage.workspace, detail) || isIn(detail, stage.workspace) || isIn(stage.storage, detail);
    case 'look at file':
    case 'read file':
    case 'open document':
    case 'show editor':
    case 'edit':
      return isReachable(detail, stage) || (reachesAttached.has(type) && stage.saysYes);
    case 'write file':
      return isIn(stage.workspace, detail.replace(/^file:\/\//, ''));
    default:
      return true;
  }
}

/** In the workspace or Parley's own folder, or nowhere on a disk. */
function isReachable(place: string, { workspace, storage }: Stage): boolean {
  if (/^(?:untitled|parley-\w+):/.test(place) || place === 'untitled') return true;
  const path = decodeURI(place.replace(/^file:\/\//, ''));
  return isIn(workspace, path) || isIn(storage, path);
}

function isIn(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return path.startsWith('/') && way !== '..' && !way.startsWith('../');
}

/** True for the address of a local preset: a URL, or a host with a port. */
function isLocalServer(address: string): boolean {
  const host = URL.parse(address.includes('//') ? address : `http://${address}`)?.host;
  return gatewayPresets.some(
    ({ local, baseUrl }) => local && baseUrl !== null && new URL(baseUrl).host === host,
  );
}

function isPresets(host: string): boolean {
  return gatewayPresets.some(({ baseUrl }) => baseUrl !== null && new URL(baseUrl).hostname === host);
}

/** A gateway that goes into the settings is a preset, or is called as its own host. */
function isPresetOrOwn(setting: string, { baseUrl }: Stage): boolean {
  const written = /^parley\.gateways (.*)$/s.exec(setting)?.[1];
  if (written === undefined) return false;
  const { host } = new URL(baseUrl);
  const own = host.replaceAll(':', '-');
  return (JSON.parse(written) as { id: string }[]).every(
    ({ id }) => id === 'guarded' || id === own || gatewayPresets.some((preset) => preset.id === id),
  );
}
