import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import { type ToHostMessage, readToHostMessage, toHostSchemas } from '../../../../src/shared/messages/toHost';
import { anything } from '../../../support/anything';
import { nearlyMessage } from '../nearlyMessages';

type HostBodies = { [Message in ToHostMessage as Message['type']]: Message['body'] };
type HostType = keyof typeof toHostSchemas;

/** One valid body of each message. The compiler reports missing ones. */
const examples: HostBodies = {
  ready: {},
  'page-focused': {},
  'open-elsewhere': { id: 'c1', place: 'editor' },
  'composer-focused': {},
  submit: { text: 'Why is the sky blue?' },
  stop: {},
  start: { starter: 'explain-file' },
  'set-parameters': { parameters: { temperature: 0.2, effort: 'high', systemText: 'Be brief.' } },
  'save-preset': { name: 'Reviewer' },
  'choose-preset': { id: 'p1' },
  'rename-preset': { id: 'p1', name: 'Critic' },
  'delete-preset': { id: 'p1' },
  'restore-preset': { id: 'p1' },
  'begin-edit': { id: 'm1' },
  'end-edit': { id: 'm1' },
  edit: { id: 'm1', text: 'Why is the sea blue?' },
  regenerate: { id: 'm2' },
  'select-version': { id: 'm2' },
  'failure-action': { id: 'm2', action: 'retry' },
  'new-chat': {},
  'remove-queued': { id: 'q1' },
  'edit-queued': { id: 'q1' },
  'send-queued': { id: 'q1' },
  'regenerate-with': { id: 'm2' },
  fork: { id: 'm2' },
  'choose-comparison': {},
  'end-comparison': {},
  compare: { id: 'm1' },
  'show-comparison': { id: 'm1' },
  'pick-answer': { id: 'm2' },
  'list-history': { request: 1, query: 'sky' },
  'open-chat': { id: 'c1' },
  'rename-chat': { id: 'c1', title: 'Sky' },
  'pin-chat': { id: 'c1', pinned: true },
  'delete-chat': { id: 'c1' },
  'restore-chat': { id: 'c1' },
  'export-chat': { id: 'c1' },
  'import-chat': {},
  'find-context': { request: 1, query: 'form' },
  'attach-found': { id: 'file:///format.ts' },
  'attach-context': { source: 'problems' },
  'attach-dropped': { uris: ['file:///format.ts'] },
  'attach-picture': { name: 'sky.png', url: 'data:image/png;base64,AAAA' },
  'attach-text': { text: 'long' },
  'find-prompts': { request: 1 },
  'use-prompt': { id: 'explain' },
  'apply-code': { id: 'm2', text: 'let x = 1;', info: 'ts', before: 'In `a.ts`:' },
  'apply-all': { id: 'm2', blocks: [{ text: 'let x = 1;', info: 'ts a.ts', before: '' }] },
  'new-file': { id: 'm2', text: 'let x = 1;', info: 'ts', before: '' },
  'run-in-terminal': { text: 'npm test' },
  'select-model': {},
  'add-gateway': { gatewayId: null },
  'find-local-servers': { request: 1 },
  attach: {},
  'plan-prompt': { request: 1, text: 'Why?' },
  'load-thumbnail': { id: 'a1' },
  'remove-attachment': { id: 'a1' },
  'set-mask': { id: 'a1' },
  'open-attachment': { id: 'a1' },
  copy: { text: '' },
  'insert-code': { text: 'let x = 1;' },
  'open-link': { href: 'https://example.com' },
  'load-media': { id: 'm2', index: 0 },
  'save-media': { id: 'm2', index: 1 },
  'insert-media': { id: 'm2', index: 1 },
  'edit-media': { id: 'm2', index: 1 },
  'run-task-action': { id: 'm2', index: 1 },
  dictate: { action: 'start' },
  'read-aloud': { request: 1, id: 'm2', plays: ['mp3', 'wav'] },
  'load-speech': { request: 1, index: 0 },
  'speech-unplayable': { request: 1, index: 0 },
  'save-speech': { request: 1, index: 0 },
  'stop-speech': { request: 1 },
  'remember-view': { changedAt: 1, views: [{ key: 'new', draft: 'Why', anchor: { id: 'm1', offset: -4 } }] },
  'view-failed': { message: 'TypeError' },
};

const types = Object.keys(toHostSchemas) as HostType[];

describe('readToHostMessage', () => {
  for (const type of types) {
    it(`accepts ${type}, and refuses it with an extra or a missing field`, () => {
      const body = examples[type];
      deepStrictEqual(readToHostMessage({ type, body }), { type, body });
      equal(readToHostMessage({ type, body: { ...body, extra: 1 } }), undefined);
      equal(readToHostMessage({ type, body, extra: 1 }), undefined);
      equal(readToHostMessage({ type }), undefined);
      for (const name of Object.keys(body)) {
        const rest = Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
        equal(readToHostMessage({ type, body: rest }), undefined, `without ${name}`);
        equal(
          readToHostMessage({ type, body: { ...body, [name]: Symbol(name) } }),
          undefined,
          `${name} a symbol`,
        );
      }
    });
  }

  for (const type of [
    'attach',
    'attach-found',
    'attach-context',
    'attach-dropped',
    'attach-picture',
    'attach-text',
    'use-prompt',
    'remove-attachment',
    'set-mask',
  ] as const) {
    it(`accepts ${type} for an edited prompt, and refuses an edited prompt without an id`, () => {
      const body = { ...examples[type], edit: 'm1' };
      deepStrictEqual(readToHostMessage({ type, body }), { type, body });
      equal(readToHostMessage({ type, body: { ...body, edit: '' } }), undefined);
      equal(readToHostMessage({ type, body: { ...body, edit: undefined } }), undefined);
    });
  }

  it('accepts a mask only as a PNG of less than 4 MB', () => {
    const accepts = (type: 'set-mask' | 'edit-media', mask: string): boolean =>
      readToHostMessage({ type, body: { ...examples[type], mask } }) !== undefined;
    for (const type of ['set-mask', 'edit-media'] as const) {
      ok(accepts(type, 'data:image/png;base64,AAAA'));
      ok(!accepts(type, 'data:image/jpeg;base64,AAAA'));
      ok(!accepts(type, 'https://example.com/mask.png'));
      ok(!accepts(type, `data:image/png;base64,${'A'.repeat(5_500_000)}`));
    }
  });

  it('never throws, and returns only values that match the schema', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyMessage, anything()), (value) => {
        const message = readToHostMessage(value);
        if (message === undefined) return;
        ok(types.includes(message.type));
        ok(v.is(toHostSchemas[message.type], message.body));
        deepStrictEqual(Object.keys(message).sort(), ['body', 'type']);
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses ids and prompts beyond their limits', () => {
    equal(readToHostMessage({ type: 'regenerate', body: { id: '' } }), undefined);
    equal(readToHostMessage({ type: 'regenerate', body: { id: 'x'.repeat(101) } }), undefined);
    equal(readToHostMessage({ type: 'submit', body: { text: 'x'.repeat(4_000_001) } }), undefined);
    equal(readToHostMessage({ type: 'open-link', body: { href: 'x'.repeat(8_193) } }), undefined);
    equal(readToHostMessage({ type: 'save-media', body: { id: 'm', index: -1 } }), undefined);
    equal(readToHostMessage({ type: 'load-media', body: { id: 'm', index: 0.5 } }), undefined);
    equal(readToHostMessage({ type: 'load-media', body: { id: 'm', index: 2 ** 53 } }), undefined);
    equal(readToHostMessage({ type: 'add-gateway', body: { gatewayId: 'x'.repeat(101) } }), undefined);
    equal(readToHostMessage({ type: 'copy', body: { text: 'x'.repeat(200_000_001) } }), undefined);
  });

  it('refuses arrays, inherited fields, and extra fields with the name of an inherited property', () => {
    equal(readToHostMessage({ type: 'stop', body: [] }), undefined);
    equal(readToHostMessage({ type: 'regenerate', body: Object.assign([], { id: 'm' }) }), undefined);
    equal(readToHostMessage({ type: 'regenerate', body: Object.create({ id: 'm' }) as unknown }), undefined);
    equal(readToHostMessage(Object.create({ type: 'stop', body: {} })), undefined);
    for (const name of ['constructor', '__proto__', 'toString']) {
      const body: unknown = JSON.parse(`{"id": "m", "${name}": {}}`);
      equal(readToHostMessage({ type: 'regenerate', body }), undefined, name);
    }
  });

  it('refuses a conversation id that could be a path to another file', () => {
    const types = ['open-chat', 'delete-chat', 'restore-chat', 'export-chat'] as const;
    for (const type of types)
      for (const id of ['..', '../a', '/a', 'a\\b', 'a.b', 'a\0b', '__proto__'])
        equal(readToHostMessage({ type, body: { id } }), undefined, `${type} ${id}`);
  });

  it('refuses drafts that could not be read again or are too long', () => {
    const view = { key: 'new', draft: '', anchor: { id: 'm', offset: 0 } };
    const remember = (changedAt: number, change: object): unknown => ({
      type: 'remember-view',
      body: { changedAt, views: [{ ...view, ...change }] },
    });
    ok(readToHostMessage(remember(1, {})) !== undefined);
    equal(readToHostMessage(remember(Number.POSITIVE_INFINITY, {})), undefined);
    equal(readToHostMessage(remember(1, { anchor: { id: 'm', offset: -Infinity } })), undefined);
    equal(readToHostMessage(remember(1, { anchor: { id: 'x'.repeat(101), offset: 0 } })), undefined);
    equal(readToHostMessage(remember(1, { key: 'x'.repeat(101) })), undefined);
    equal(readToHostMessage(remember(1, { draft: 'x'.repeat(4_000_001) })), undefined);
  });
});
