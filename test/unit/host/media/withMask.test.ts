import assert from 'node:assert/strict';
import { withMask, withPicture } from '../../../../src/host/media/withMask';
import type { ImageAttachment } from '../../../../src/shared/conversation/attachment';

const fox: ImageAttachment = { kind: 'image', id: 'a', name: 'fox.png', url: 'data:image/png;base64,AAAA' };
const tree: ImageAttachment = { ...fox, id: 'b', url: 'data:image/png;base64,BBBB' };

describe('the mask of an attachment', () => {
  it('is set, replaced and removed', () => {
    const masked = withMask([fox, tree], 'a', { mask: 'm1' });
    assert.deepEqual(masked, [{ ...fox, mask: 'm1' }, tree]);
    assert.deepEqual(withMask(masked, 'a', { mask: 'm2' }), [{ ...fox, mask: 'm2' }, tree]);
    assert.deepEqual(withMask(masked, 'a', {}), [fox, tree]);
    assert.deepEqual(withMask(masked, 'gone', { mask: 'm2' }), masked);
  });

  it('may come with another picture, which it fits', () => {
    assert.deepEqual(withMask([fox], 'a', { mask: 'm1', picture: tree.url }), [
      { ...fox, url: tree.url, mask: 'm1' },
    ]);
  });

  it('of a picture that is attached again is the one that came last', () => {
    const once = withPicture([tree], fox);
    assert.deepEqual(once, [tree, fox]);
    const masked = withPicture(once, { ...fox, id: 'c', mask: 'm1' });
    assert.deepEqual(masked, [tree, { ...fox, mask: 'm1' }]);
    assert.deepEqual(withPicture(masked, { ...fox, id: 'd' }), masked);
  });
});
