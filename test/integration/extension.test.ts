import assert from 'node:assert/strict';
import { extensions } from 'vscode';

describe('extension', () => {
  it('is installed under its public name', () => {
    assert.ok(extensions.all.some(({ id }) => id === 'parley.parley'));
  });
});
