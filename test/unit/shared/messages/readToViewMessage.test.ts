import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { packToViewMessage, readToViewMessage } from '../../../../src/shared/messages/readToViewMessage';
import type { ToViewMessage } from '../../../../src/shared/messages/toView';
import { anything } from '../../../support/anything';
import { arbitraryEvents } from '../arbitraryEvents';
import { nearlyMessage } from '../nearlyMessages';

describe('readToViewMessage', () => {
  const state = { model: null, gateways: [], attachments: [], context: null, queue: [], comparison: [] };
  const conversation = {
    id: 'c',
    createdAt: 1,
    updatedAt: 1,
    title: '',
    titleSource: null,
    pinned: false,
    parameters: {},
    roots: [],
    selectedRoot: null,
    messages: [],
  };
  const messages: ToViewMessage[] = [
    { type: 'snapshot', body: { revision: 3, conversation, state } },
    {
      type: 'events',
      body: { revision: 4, events: [{ kind: 'text-appended', id: 'm', text: 'Hi', at: 1 }] },
    },
    { type: 'text', body: 'Hi' },
    { type: 'state', body: state },
    { type: 'speech', body: { kind: 'begun', request: 1, parts: 2, voice: 'alloy · tts-1' } },
    { type: 'speech', body: { kind: 'loaded', request: 1, index: 0, url: 'data:audio/mpeg;base64,SUQz' } },
    {
      type: 'speech',
      body: { kind: 'failed', request: 1, index: 0, sentence: 'No.', details: '', action: 'retry' },
    },
    { type: 'media-loaded', body: { id: 'm', index: 0, url: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' } },
    { type: 'focus-composer', body: {} },
    { type: 'give-back-prompt', body: { text: 'Why?' } },
  ];

  for (const message of messages) {
    it(`accepts ${message.type}`, () => {
      deepStrictEqual(readToViewMessage(structuredClone(packToViewMessage(message))), message);
    });
  }

  it('accepts any events of the host', () => {
    fc.assert(
      fc.property(fc.nat(), arbitraryEvents, (revision, events) => {
        const message = { type: 'events', body: { revision, events } };
        deepStrictEqual(readToViewMessage(structuredClone(message)), message);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyMessage, anything()), (value) => {
        const message = readToViewMessage(value);
        ok(message === undefined || messages.some(({ type }) => type === message.type));
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses an unknown event and a snapshot that cannot be shown', () => {
    const events = [{ kind: 'message-exploded', id: 'm', at: 1 }];
    equal(readToViewMessage({ type: 'events', body: { revision: 1, events } }), undefined);
    const elsewhere = { id: 'm', index: 0, url: 'https://pictures.example/a.png' };
    equal(readToViewMessage({ type: 'media-loaded', body: elsewhere }), undefined);
    const user = { role: 'user', id: 'm', children: ['n'] };
    const part = { kind: 'text', text: 'Hi', at: 1 };
    const answer = { ...user, role: 'assistant', parts: [part], tokens: [], adaptations: [] };
    const snapshotWith = (messages: unknown): unknown => ({
      type: 'snapshot',
      body: { revision: 1, conversation: { ...conversation, messages }, state },
    });
    ok(readToViewMessage(snapshotWith([user, answer])) !== undefined);
    for (const broken of [
      'm',
      null,
      { id: 'm' },
      { ...user, id: 1 },
      { ...user, role: 'system' },
      { ...user, children: 'n' },
      { ...user, children: [1] },
      { ...answer, parts: undefined },
      { ...answer, tokens: {} },
      { ...answer, parts: [null] },
      { ...answer, parts: [{ ...part, kind: 'smell' }] },
      { ...answer, parts: [{ ...part, text: 1 }] },
      { ...answer, parts: [{ kind: 'media', media: 'a.png', at: 1 }] },
      { ...answer, parts: [{ kind: 'tool-call', call: {}, at: 1 }] },
      { ...answer, parts: [{ kind: 'sources', sources: {}, at: 1 }] },
      { ...answer, adaptations: '' },
    ]) {
      equal(readToViewMessage(snapshotWith([user, broken])), undefined, JSON.stringify(broken));
    }
    equal(readToViewMessage(snapshotWith({ length: 0 })), undefined);
    const stateless = { revision: 1, conversation, state: { gateways: [] } };
    equal(readToViewMessage({ type: 'snapshot', body: stateless }), undefined);
  });
});
