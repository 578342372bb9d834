import assert from 'node:assert/strict';
import { PendingAttachments } from '../../../../src/host/chat/pendingAttachments';
import type { Memory } from '../../../../src/host/memory/storedValue';
import type { Attachment } from '../../../../src/shared/conversation/attachment';

const silent = (): undefined => undefined;
const silentLog = { info: silent, warn: silent, error: silent };

describe('the attachments of the next prompt', () => {
  const memory = (): Memory => {
    const values = new Map<string, unknown>();
    return {
      get: (key) => values.get(key),
      update: (key, value) => Promise.resolve(void values.set(key, value)),
    };
  };
  const picture: Attachment = { kind: 'image', id: 'a', name: 'a.png', url: 'data:image/png;base64,AAAA' };

  it('keep the mask of a picture for the next window, and give it to the prompt', () => {
    const kept = memory();
    new PendingAttachments(kept, silentLog).add('c1', [picture]);
    new PendingAttachments(kept, silentLog).setMask('c1', 'a', { mask: 'm1' });
    const next = new PendingAttachments(kept, silentLog);
    assert.deepEqual(next.of('c1'), [{ ...picture, mask: 'm1' }]);
    assert.deepEqual(next.take('c1'), [{ ...picture, mask: 'm1' }]);
    assert.deepEqual(next.of('c1'), []);
  });

  it('hold a picture once, with the mask that came last', () => {
    const attachments = new PendingAttachments(memory(), silentLog);
    attachments.add('c1', [picture]);
    attachments.add('c1', [{ ...picture, id: 'b', mask: 'm1' }]);
    attachments.add('c1', [{ ...picture, id: 'c', mask: 'm2' }]);
    attachments.add('c1', [{ ...picture, id: 'd' }]);
    assert.deepEqual(attachments.of('c1'), [{ ...picture, mask: 'm2' }]);
  });
});
