import { deepStrictEqual, equal, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { conversationEvents } from '../../../../src/core/exchange/conversationEvents';
import { exportJson } from '../../../../src/core/exchange/importExchange';
import { importChat } from '../../../../src/core/exchange/importChat';
import { ImportProblem } from '../../../../src/core/exchange/importProblem';
import { codeAttachment } from '../../../support/messages';
import { arbitraryEvents } from '../../shared/arbitraryEvents';
import { reduceAll } from '../../shared/reduceAll';

describe('importExchange', () => {
  it('restores an exported conversation with every version under a new id', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const conversation = reduceAll('old', events);
        const json: unknown = JSON.parse(exportJson(conversation, 'Title'));
        const imported = importChat(json, 'new', 5);
        for (const message of conversation.messages.values()) {
          if (message.role !== 'user') continue;
          for (const attachment of message.attachments) if (attachment.kind === 'code') attachment.uri = '';
        }
        const expected = conversation.messages.size === 0 ? undefined : { ...conversation, id: 'new' };
        deepStrictEqual(imported.length === 0 ? undefined : reduceAll('new', imported), expected);
      }),
      { numRuns: 500 },
    );
  });

  it('removes the URIs of attached code, because a hostile file could name any URI', () => {
    const attachment = codeAttachment({ path: 'src/add.ts', uri: 'file:///home/somebody/.bashrc' });
    const content = { role: 'user' as const, text: '', attachments: [attachment] };
    const added = { kind: 'message-added' as const, id: 'a', parent: null, at: 0, content };
    const [event] = importChat({ format: 'parley-chat', version: 1, title: '', events: [added] }, 'c', 0);
    deepStrictEqual(event, { ...added, content: { ...content, attachments: [{ ...attachment, uri: '' }] } });
  });

  it('refuses a damaged file and a file of a newer version', () => {
    const [event] = conversationEvents(reduceAll('c', []), 'c');
    const file = (version: number, events: unknown): unknown => ({
      format: 'parley-chat',
      version,
      title: '',
      events,
    });
    const problemOf = (value: unknown): string | undefined => {
      try {
        importChat(value, 'c', 0);
        return undefined;
      } catch (error) {
        return error instanceof ImportProblem ? error.kind : String(error);
      }
    };
    equal(problemOf(file(1, [event])), undefined);
    equal(problemOf(file(2, [event])), 'newer-version');
    equal(problemOf(file(1, [{ kind: 'message-added' }])), 'damaged');
    equal(problemOf(file(1, [{ kind: 'text-appended', id: 'nobody', text: 'x', at: 1 }])), 'damaged');
    equal(problemOf(file(1, [{ kind: 'conversation-created', id: 'c', at: 1e300 }])), 'damaged');
    equal(problemOf(file(1, {})), 'damaged');
    equal(problemOf([1]), 'unknown-format');
  });

  it('throws only an ImportProblem, for any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const candidate of [
          value,
          { mapping: value },
          { mapping: { a: value } },
          { history: [value] },
        ]) {
          try {
            importChat(candidate, 'c', 0);
          } catch (error) {
            throws(() => {
              throw error;
            }, ImportProblem);
          }
        }
      }),
    );
  });
});
