import assert from 'node:assert/strict';
import { readRequester } from '../../../../src/core/provider/readRequester';

describe('readRequester', () => {
  it('knows VS Code, its chat and Parley, however their ids are written', () => {
    for (const id of ['core', 'github.copilot-chat', 'GitHub.copilot-chat', 'parley.parley'])
      assert.deepEqual(readRequester(id), { kind: 'own' });
  });

  it('takes every other id for another extension, also one that looks like an own one', () => {
    for (const id of ['a.b', 'core.core', 'evil.github.copilot-chat', 'parley.parley2', '__proto__'])
      assert.deepEqual(readRequester(id), { kind: 'extension', id });
  });

  it('does not know a requester without an id', () => {
    for (const id of [undefined, null, '', ' ', 7, {}])
      assert.deepEqual(readRequester(id), { kind: 'unknown' });
  });
});
