import assert from 'node:assert/strict';
import { PromptEdits } from '../../../../src/host/chat/promptEdits';
import type { Memory } from '../../../../src/host/memory/storedValue';
import type { Attachment } from '../../../../src/shared/conversation/attachment';

const silent = (): undefined => undefined;
const silentLog = { info: silent, warn: silent, error: silent };

describe('the edited prompts', () => {
  const memory = (): Memory => {
    const values = new Map<string, unknown>();
    return {
      get: (key) => values.get(key),
      update: (key, value) => Promise.resolve(void values.set(key, value)),
    };
  };
  const picture = (id: string, url = `https://pictures.example/${id}.png`): Attachment => ({
    kind: 'image',
    id,
    name: `${id}.png`,
    url,
  });
  const idsOf = (attachments: readonly Attachment[] | undefined): readonly string[] | undefined =>
    attachments?.map(({ id }) => id);

  it('begin with the attachments of the prompt, which stays as it is', () => {
    const edits = new PromptEdits(memory(), silentLog);
    const prompt = { id: 'q1', attachments: [picture('a')] };
    edits.begin('c1', prompt);
    edits.add('c1', 'q1', [picture('b')]);
    edits.remove('c1', 'q1', 'a');
    assert.deepEqual(idsOf(edits.end('c1', 'q1')), ['b']);
    assert.deepEqual(idsOf(prompt.attachments), ['a']);
  });

  it('are kept for the next window, until they end', () => {
    const kept = memory();
    const edits = new PromptEdits(kept, silentLog);
    edits.begin('c1', { id: 'q1', attachments: [] });
    edits.begin('c1', { id: 'q2', attachments: [picture('a')] });
    const next = new PromptEdits(kept, silentLog);
    assert.deepEqual(
      next.of('c1').map(({ id }) => id),
      ['q1', 'q2'],
      'one without attachments is open, too',
    );
    assert.deepEqual(idsOf(next.end('c1', 'q2')), ['a']);
    assert.equal(next.end('c1', 'q2'), undefined);
    assert.deepEqual(new PromptEdits(kept, silentLog).of('c1'), [{ id: 'q1', attachments: [] }]);
  });

  it('do not get the same content twice, and get nothing after their end', () => {
    const edits = new PromptEdits(memory(), silentLog);
    edits.begin('c1', { id: 'q1', attachments: [picture('a')] });
    edits.add('c1', 'q1', [picture('again', 'https://pictures.example/a.png'), picture('b')]);
    assert.deepEqual(idsOf(edits.end('c1', 'q1')), ['a', 'b']);
    edits.add('c1', 'q1', [picture('late')]);
    edits.remove('c1', 'q1', 'late');
    assert.deepEqual(edits.of('c1'), []);
  });

  it('tell their listeners of each change', () => {
    const edits = new PromptEdits(memory(), silentLog);
    let changes = 0;
    edits.changed.on(() => {
      changes += 1;
    });
    edits.begin('c1', { id: 'q1', attachments: [] });
    edits.add('c1', 'q1', [picture('a')]);
    edits.remove('c1', 'q1', 'a');
    edits.end('c1', 'q1');
    edits.end('c1', 'q1');
    assert.equal(changes, 4);
  });
});
