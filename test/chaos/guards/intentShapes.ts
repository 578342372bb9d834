import { exactly, fits, listOf, text, type Fields, type Shape } from './shape';

/**
 * What each message from the panel's page is, in the tests' own words. Examples are what leads far: things that are there (names in
 * guillemets, which stand for ids that only a running host knows), things of another conversation, and what an attacker would try.
 */

const knownIds = ['prompt', 'answer', 'failed', 'elsewhere', 'chip', 'sent', 'waiting', 'chat', 'shown'].map(
  (name) => `«${name}»`,
);
const hostileNames = [
  '../../../../etc/passwd',
  '..',
  '/etc/passwd',
  'C:\\Windows\\System32\\config\\SAM',
  '__proto__',
  'constructor',
  'toString',
  'workbench.action.terminal.new',
  'a\0b',
];

const id: Shape = {
  kind: 'text',
  least: 1,
  most: 100,
  examples: [...knownIds, ...knownIds, '«answer»', '«failed»', '«prompt»', ...hostileNames],
};
/** Of a conversation, which is also the name of its file. */
const chatId: Shape = {
  kind: 'text',
  least: 1,
  most: 100,
  like: /^[A-Za-z0-9-]{1,100}$/,
  examples: ['nobody', '«chat»', '«shown»', '«shown»', '-', 'constructor', 'a'.repeat(100)],
};
/** A place that the host has listed, or what somebody makes of one. */
const listed = text(
  8_192,
  '«file»',
  'file:///etc/passwd',
  'workspace:file:///etc/shadow',
  'personal:file:///etc/passwd',
  'built-in:tests',
  'built-in:__proto__',
  ...hostileNames,
);
const prompt = text(4_000_000, 'Why is the sky blue?', ' ', '/tests @.env #terminal', '{{file:/etc/passwd}}');
/** As long as an answer can be; nothing shorter would do for what is copied whole. */
const wholeAnswer = text(200_000_000, 'let x = 1;\n', 'rm -rf ~\n', '[x](command:workbench.action.quit)');
const query = text(200, '', 'maths', '.env', '../../etc/passwd', '(a+)+$', '**/*');
const count: Shape = { kind: 'number', whole: true, least: 0 };
const empty = exactly({});
const ofOne = exactly({ id });
const medium = exactly({ id, index: count });
const codeBlockFields = {
  text: text(
    4_000_000,
    'export const x = 1;\n',
    '--- a/../../etc/passwd\n+++ b/../../etc/passwd\n@@ -1 +1 @@\n-a\n+b\n',
    '#!/bin/sh\nrm -rf ~',
  ),
  info: text(
    1_000,
    'ts',
    'ts maths.ts',
    'ts title="../../../../etc/passwd"',
    'json .vscode/tasks.json',
    'sh /etc/profile.d/x.sh',
    'ts title="file:///etc/passwd"',
  ),
  before: text(1_000, '', 'In `maths.ts`:', 'In `../outside/secret.md`:', 'In `.git/hooks/pre-commit`:'),
};
const codeBlock = exactly({ id, ...codeBlockFields });
const picture: Shape = {
  kind: 'text',
  least: 0,
  most: 28_000_000,
  like: /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/,
  examples: [
    'data:image/gif;base64,R0lGODlhAQABAAAAACw=',
    'data:image/png;base64,iVBORw0KGgo=',
    'data:image/webp;base64,AAAA====',
  ],
};
const mask: Shape = {
  kind: 'text',
  least: 0,
  most: 5_500_000,
  like: /^data:image\/png;base64,[A-Za-z0-9+/=]+$/,
  examples: ['data:image/png;base64,iVBORw0KGgo='],
};
const place = text(
  8_192,
  '«file»',
  '«outside»',
  '«secret»',
  'file:///etc/passwd',
  '/etc/passwd',
  'file://evil.example/share/x',
  'vscode-userdata:/User/settings.json',
  'untitled:x',
  'https://evil.example/',
  'command:workbench.action.quit',
  'data:text/plain,x',
  '\\\\evil.example\\share\\x',
  '\0',
);

/** The edited prompt that gets an attachment. */
const edited = { edit: id };
const presetName: Shape = {
  kind: 'text',
  least: 1,
  most: 100,
  examples: ['Reviewer', ' ', '$(trash) [x](command:y)', ...hostileNames],
};

/** View → host, by name. */
export const intentShapes: Fields = {
  ready: empty,
  'composer-focused': empty,
  submit: exactly({ text: prompt }, { interrupt: { kind: 'flag' } }),
  'remove-queued': ofOne,
  'edit-queued': ofOne,
  'send-queued': ofOne,
  stop: empty,
  'begin-edit': ofOne,
  'end-edit': ofOne,
  edit: exactly({ id, text: prompt }),
  'set-parameters': exactly({
    parameters: exactly(
      {},
      {
        temperature: { kind: 'number', whole: false, least: 0, most: 2 },
        effort: { kind: 'text', least: 1, most: 40, examples: ['high', '__proto__'] },
        systemText: { kind: 'text', least: 1, most: 50_000, examples: ['Be brief.', 'a\0b'] },
      },
    ),
  }),
  'save-preset': exactly({ name: presetName }),
  'choose-preset': ofOne,
  'rename-preset': exactly({ id, name: presetName }),
  'delete-preset': ofOne,
  'restore-preset': ofOne,
  regenerate: ofOne,
  'regenerate-with': ofOne,
  fork: ofOne,
  'choose-comparison': empty,
  'end-comparison': empty,
  compare: ofOne,
  'show-comparison': ofOne,
  'pick-answer': ofOne,
  'select-version': ofOne,
  'failure-action': exactly({
    id,
    action: {
      kind: 'one of',
      values: [
        'add-gateway',
        'set-key',
        'select-model',
        'manage-gateways',
        'open-gateway-settings',
        'open-timeout-settings',
        'open-parameter-settings',
        'open-proxy-settings',
        'open-billing-page',
        'allow-insecure',
        'retry',
        'continue',
        'shorten',
        'show-log',
      ],
    },
  }),
  'new-chat': empty,
  'list-history': exactly({ request: count, query }),
  'open-chat': exactly({ id: chatId }),
  'rename-chat': exactly({ id: chatId, title: text(500, 'Sky', '', '$(trash) [x](command:y)') }),
  'pin-chat': exactly({ id: chatId, pinned: { kind: 'flag' } }),
  'delete-chat': exactly({ id: chatId }),
  'restore-chat': exactly({ id: chatId }),
  'export-chat': exactly({ id: chatId }),
  'import-chat': empty,
  'select-model': empty,
  'add-gateway': exactly(
    {
      gatewayId: {
        kind: 'null or',
        of: {
          kind: 'text',
          least: 1,
          most: 100,
          examples: ['guarded', 'apimart', 'aitre', 'ollama', 'nobody', ...hostileNames],
        },
      },
    },
    { kind: { kind: 'one of', values: ['local', 'custom'] } },
  ),
  'find-local-servers': exactly({ request: count }),
  attach: exactly({}, edited),
  start: exactly({
    starter: {
      kind: 'one of',
      values: ['explain-file', 'write-tests', 'review-changes', 'fix-problems'],
    },
  }),
  'find-context': exactly({ request: count, query }),
  'attach-found': exactly({ id: listed }, edited),
  'attach-context': exactly(
    {
      source: {
        kind: 'one of',
        values: ['selection', 'file', 'problems', 'changes', 'terminal', 'codebase'],
      },
    },
    { ...edited, text: text(4_000, 'Where is the parser?') },
  ),
  'attach-dropped': exactly({ uris: listOf(place, 100) }, edited),
  'attach-picture': exactly({ name: text(300, 'sky.png', '../../x.png'), url: picture }, edited),
  'attach-text': exactly({ text: prompt }, edited),
  'find-prompts': exactly({ request: count }),
  'use-prompt': exactly({ id: listed }, edited),
  'remove-attachment': exactly({ id }, edited),
  'set-mask': exactly({ id }, { mask, picture, ...edited }),
  'open-attachment': ofOne,
  copy: exactly({ text: wholeAnswer }),
  'insert-code': exactly({ text: wholeAnswer }),
  'apply-code': codeBlock,
  'apply-all': exactly({ id, blocks: listOf(exactly(codeBlockFields), 100, 1) }),
  'new-file': codeBlock,
  'run-in-terminal': exactly({ text: text(4_000_000, 'npm test', 'a\nb\n', '\u001b]0;x\u0007', 'x\r') }),
  'open-link': exactly({
    href: text(
      8_192,
      'https://example.com/a?b=c#d',
      'mailto:a@example.com',
      'command:workbench.action.quit',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'vscode://parley.parley/x',
      'vscode-insiders://x',
      'data:text/html,x',
      'blob:x',
      'about:blank',
      'ms-settings:x',
      'ssh://x',
      'JaVaScRiPt:x',
      ' https://example.com',
      '//example.com',
      'x',
    ),
  }),
  'load-media': medium,
  'save-media': medium,
  'read-aloud': exactly(
    {
      request: count,
      id,
      plays: listOf({ kind: 'one of', values: ['mp3', 'wav'] }, 2),
    },
    { choose: { kind: 'flag' } },
  ),
  'load-speech': exactly({ request: count, index: count }),
  'speech-unplayable': exactly({ request: count, index: count }),
  'save-speech': exactly({ request: count, index: count }),
  'stop-speech': exactly({ request: count }),
  dictate: exactly({ action: { kind: 'one of', values: ['offer', 'start', 'stop', 'cancel'] } }),
  'remember-view': exactly({
    changedAt: { kind: 'number', whole: false, least: Number.NEGATIVE_INFINITY },
    views: listOf(
      exactly({
        key: text(100, 'new', '__proto__', ...knownIds),
        draft: prompt,
        anchor: {
          kind: 'null or',
          of: exactly({
            id: text(100, ...knownIds),
            offset: { kind: 'number', whole: false, least: Number.NEGATIVE_INFINITY },
          }),
        },
      }),
      50,
    ),
  }),
  'view-failed': exactly({ message: text(4_000, 'TypeError', 'Bearer sk-0123456789abcdef') }),
};

/** The names of all messages from the page. */
export const intentTypes: readonly string[] = Object.keys(intentShapes);

const envelope = exactly({ type: { kind: 'one of', values: intentTypes }, body: { kind: 'anything' } });

/** Whether a value is a message from the page, whole and nothing else. */
export function describesIntent(value: unknown): boolean {
  if (!fits(value, envelope)) return false;
  const { type, body } = value as { readonly type: string; readonly body: unknown };
  const shape = intentShapes[type];
  return shape !== undefined && fits(body, shape);
}
