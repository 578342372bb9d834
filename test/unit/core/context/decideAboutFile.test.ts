import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decideAboutFile, type GuardedFile } from '../../../../src/core/context/decideAboutFile';
import { mayHoldSecrets } from '../../../../src/core/paths/mayHoldSecrets';

const file: GuardedFile = { path: '/w/src/a.ts', foundAt: '/w/src/a.ts', outside: false, hidden: false };
const path = fc.constantFrom('/w/a.ts', '/w/.env', '/w/key.pem', '/other/b.ts', '/w/deep/c.md');
const guarded = fc.record({
  path,
  foundAt: path,
  outside: fc.boolean(),
  hidden: fc.boolean(),
  binary: fc.boolean(),
});

describe('decideAboutFile', () => {
  it('allows an ordinary file of the listing', () => {
    assert.deepEqual(decideAboutFile(file, 'listing'), { kind: 'allowed' });
  });

  it('refuses a listed file that is secret, hidden or outside, without a question', () => {
    fc.assert(
      fc.property(guarded, (candidate) => {
        const isPlain =
          !candidate.outside &&
          !candidate.hidden &&
          !mayHoldSecrets(candidate.path) &&
          !mayHoldSecrets(candidate.foundAt);
        assert.equal(decideAboutFile(candidate, 'listing').kind, isPlain ? 'allowed' : 'refused');
      }),
    );
  });

  it('asks about every file that may hold secrets, no matter who named it', () => {
    fc.assert(
      fc.property(guarded, fc.constantFrom('page', 'person', 'editor'), (candidate, namedBy) => {
        const verdict = decideAboutFile(candidate, namedBy);
        const isSecret = mayHoldSecrets(candidate.path) || mayHoldSecrets(candidate.foundAt);
        if (isSecret) assert.ok(verdict.kind === 'asked' && verdict.reasons[0] === 'secret');
        const isHidden = candidate.hidden && namedBy !== 'editor';
        const isOutside = candidate.outside && namedBy === 'page';
        const isAsked = isSecret || isHidden || isOutside || candidate.binary;
        assert.equal(verdict.kind, isAsked ? 'asked' : 'allowed');
      }),
    );
  });

  it('checks the path of a symbolic link and the path of its target', () => {
    for (const linked of [
      { ...file, path: '/w/.env' },
      { ...file, foundAt: '/w/id_rsa' },
    ]) {
      assert.deepEqual(decideAboutFile(linked, 'person'), { kind: 'asked', reasons: ['secret'] });
    }
  });

  it('asks about a hidden or binary file that is named but not open in an editor', () => {
    const log = { ...file, path: '/w/debug.log', foundAt: '/w/debug.log', hidden: true, binary: true };
    for (const namedBy of ['page', 'person'] as const)
      assert.deepEqual(decideAboutFile(log, namedBy), { kind: 'asked', reasons: ['hidden', 'binary'] });
    assert.deepEqual(decideAboutFile({ ...log, binary: false }, 'editor'), { kind: 'allowed' });
  });

  it('asks about a file outside the workspace when the page names it, but not when the user does', () => {
    const outside = { ...file, path: '/elsewhere/a.ts', outside: true };
    assert.deepEqual(decideAboutFile(outside, 'person'), { kind: 'allowed' });
    assert.deepEqual(decideAboutFile(outside, 'page'), { kind: 'asked', reasons: ['outside'] });
  });
});
