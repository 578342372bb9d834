import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { isBalancePath } from '../../../../src/core/models/balanceRequest';

describe('the path of a balance request', () => {
  for (const path of ['/api/user/self', '/', '/a?b=c&d=%20', '/v1/x.json', '/a//b', '/a/../b']) {
    it(`may be ${path}`, () => {
      equal(isBalancePath(path), true);
    });
  }

  for (const path of [
    '',
    'api/user/self',
    '//evil.example/x',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/x',
    '/a#b',
    '/a\\b',
    '/a b',
    '/a\n',
    '/\t/evil.example',
    '/余额',
    `/${'x'.repeat(500)}`,
  ]) {
    it(`is not ${JSON.stringify(path).slice(0, 40)}`, () => {
      equal(isBalancePath(path), false);
    });
  }

  it('never leads to another origin', () => {
    const characters = fc.constantFrom('/', '\\', '.', '@', ':', '?', '#', '%', 'e', ' ', '\t', 'é');
    fc.assert(
      fc.property(fc.string({ unit: characters }), (path) => {
        if (!isBalancePath(path)) return;
        ok(new URL(path, 'https://api.example.com:8443/v1').origin === 'https://api.example.com:8443');
      }),
      { numRuns: 1_000 },
    );
  });
});
