import assert from 'node:assert/strict';
import {
  collectRegularExpressions,
  recordConstructed,
  type FoundExpression,
} from './collectRegularExpressions';
import { dynamicConstructions, knownExpressions } from './known';
import { pumpAll } from './pumpAll';

describe('regular expressions of src', function () {
  // All of them, each against some hundred texts, in two workers.
  this.timeout(300_000);
  const { literals, constructions } = collectRegularExpressions();
  let constructed: readonly FoundExpression[];

  before(() => {
    constructed = recordConstructed([...new Set(constructions.map(({ file }) => file))]);
  });

  function isKnown({ file, source }: FoundExpression): boolean {
    return knownExpressions.some((known) => file === `src/${known.file}` && source.includes(known.part));
  }

  it('are all found, also those that are put together while a file is loaded', () => {
    assert.ok(literals.length > 500);
    const missing = constructions.filter(
      ({ file, line }) =>
        !dynamicConstructions.has(file) &&
        !constructed.some((each) => each.file === file && each.line === line),
    );
    assert.deepEqual(missing, []);
  });

  it('take linear time for texts that are made of their own parts', async () => {
    const all = new Map([...literals, ...constructed].map((each) => [`${each.source}/${each.flags}`, each]));
    const unknown = [...all.values()].filter((each) => !isKnown(each));
    const half = unknown.filter((_, index) => index % 2 === 0);
    const rest = unknown.filter((_, index) => index % 2 === 1);
    const results = await Promise.all([pumpAll(half), pumpAll(rest)]);
    const found = [half, rest].flatMap((some, index) =>
      some.flatMap(({ file, line, source }, at) => {
        const problem = results[index]?.[at];
        return problem === undefined ? [] : [`${file}:${line} ${source}: ${problem}`];
      }),
    );
    assert.deepEqual(found, []);
  });

  it('that take longer are few, and each of them is still there', () => {
    const gone = knownExpressions.filter(
      ({ file, part }) =>
        ![...literals, ...constructed].some(
          (each) => each.file === `src/${file}` && each.source.includes(part),
        ),
    );
    assert.deepEqual(gone, []);
    for (const { reason } of knownExpressions) assert.match(reason, /^is \w+/);
  });

  it('are found slow when they are: the test notices what it is for', async () => {
    const slow = [
      /^\s*(\d+)\s*:/m,
      // Blank lines alone once made the numbers of a packet diagram cubic.
      /^\s*(?:\+|(?:\d+\s*-)?)\s*(\d+)\s*:/gm,
      /\s+$/,
      /^(?:a+)+$/,
      /gpt-5.*chat/,
      /<!--[^]*?-->/,
      /^(.*?)\s*$/,
    ].map(({ source, flags }) => ({ source, flags }));
    const fast = [/^\s+/, /a{1,20}b/, /[^"]*"/y, /^[a-z]+$/].map(({ source, flags }) => ({ source, flags }));
    const noticed = await pumpAll(slow, 6_000);
    assert.deepEqual(
      slow.filter((_, index) => noticed[index] === undefined),
      [],
    );
    assert.deepEqual(await pumpAll(fast), [undefined, undefined, undefined, undefined]);
  });
});
