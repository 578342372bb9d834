import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { CompletionCache } from '../../../../src/core/completions/completionCache';
import { placeIn } from './placeIn';

const letters = fc.string({
  unit: fc.constantFrom('a', 'b', '(', ')', ' ', '\n', '计', '👍'),
  maxLength: 30,
});

describe('The cache of completions', () => {
  it('finds a completion at its place, after typing any part of it, and not after anything else', () => {
    fc.assert(
      fc.property(letters, letters, letters, letters, (before, after, text, typed) => {
        const cache = new CompletionCache(5);
        cache.add(placeIn(`${before}¦${after}`), text);
        equal(cache.find(placeIn(`${before}¦${after}`)), text);
        const found = cache.find(placeIn(`${before}${typed}¦${after}`));
        const isPart = text.startsWith(typed) && (typed.length < text.length || typed === '');
        equal(found, isPart ? text.slice(typed.length) : undefined);
      }),
    );
  });

  it('finds a completion with the deleted characters before it', () => {
    fc.assert(
      fc.property(letters, letters, fc.integer({ min: 1, max: 30 }), (before, text, count) => {
        fc.pre(count <= before.length && text !== '');
        const cache = new CompletionCache(5);
        cache.add(placeIn(`${before}¦`), text);
        const deleted = before.slice(-count);
        const found = cache.find(placeIn(`${before.slice(0, -count)}¦`));
        equal(found, deleted.includes('\n') ? undefined : deleted + text);
      }),
    );
  });

  it('prefers the completion of the place itself to those of others', () => {
    const cache = new CompletionCache(5);
    cache.add(placeIn('a¦'), 'bcd');
    cache.add(placeIn('abc¦'), 'xyz');
    cache.add(placeIn('ab¦'), 'own');
    equal(cache.find(placeIn('ab¦')), 'own');
    equal(cache.find(placeIn('a¦')), 'bcd');
  });

  it('keeps no more than its limit, and drops the one that was used least recently', () => {
    const cache = new CompletionCache(2);
    cache.add(placeIn('first¦'), '1');
    cache.add(placeIn('second¦'), '2');
    equal(cache.find(placeIn('first¦')), '1');
    cache.add(placeIn('third¦'), '3');
    equal(cache.find(placeIn('first¦')), '1');
    equal(cache.find(placeIn('second¦')), undefined);
  });

  it('does not find the completion of another document', () => {
    const cache = new CompletionCache(2);
    cache.add(placeIn('a¦'), 'b');
    equal(cache.find({ ...placeIn('a¦'), documentId: 'other' }), undefined);
  });

  it('leaves out a bracket that the editor has added', () => {
    const cache = new CompletionCache(2);
    cache.add(placeIn('print¦\n'), '(total)');
    equal(cache.find(placeIn('print(¦)\n')), 'total');
  });

  it('keeps short parts of a long document', () => {
    const cache = new CompletionCache(2);
    const long = 'x'.repeat(100_000);
    cache.add(placeIn(`${long}¦${long}`), 'y');
    equal(cache.find(placeIn(`${long}¦${long}`)), 'y');
    // The beginning of the document is not compared, but the place in it is.
    ok(cache.find(placeIn(`z${long}¦${long}`)) === undefined);
  });
});
