import assert from 'node:assert/strict';
import { linkHost, linkTarget } from '../../../../../src/webview/markdown/render/linkTarget';

describe('linkTarget', () => {
  for (const href of [
    'https://example.org/a',
    'http://localhost:3000',
    'HTTPS://example.org',
    'mailto:a@b.c',
  ]) {
    it(`opens ${href}`, () => {
      assert.equal(linkTarget(href), href);
    });
  }

  for (const href of [
    'command:workbench.action.quit',
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'vscode:extension/a.b',
    'file:///etc/passwd',
    'src/index.ts',
    '//example.org',
    'https:',
    '',
  ]) {
    it(`leaves ${JSON.stringify(href)} dead`, () => {
      assert.equal(linkTarget(href), undefined);
    });
  }
});

describe('linkHost', () => {
  it('tells where a picture would come from', () => {
    assert.equal(linkHost('https://example.org:81/p.png?q'), 'example.org:81');
    assert.equal(linkHost('p.png'), '');
  });
});
