import { deepStrictEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { formatProbability, sureness, visibleToken } from '../../../src/webview/transcript/formatProbability';

describe('token text', () => {
  it('puts a log probability into per cent, in the language of the user', () => {
    deepStrictEqual(
      [0, Math.log(0.5), Math.log(0.0423), -9999].map((logprob) => formatProbability(logprob, 'en')),
      ['100%', '50%', '4.2%', '< 0.1%'],
    );
    equal(formatProbability(Math.log(0.0423), 'de'), '4,2\u00a0%');
  });

  it('never shows more than certainty, whatever a gateway sends', () => {
    equal(formatProbability(0.3, 'en'), '100%');
  });

  it('is the surer the more probable', () => {
    const steps = ['unlikely', 'unsure', 'likely', 'sure'];
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 0, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (logprob, less) => {
          equal(steps.indexOf(sureness(logprob)) >= steps.indexOf(sureness(logprob - less)), true);
        },
      ),
    );
  });

  it('makes spaces at the ends, tabs and line ends visible', () => {
    equal(visibleToken(' a b\n\t'), '␣a b↵⇥');
    equal(visibleToken('  '), '␣␣');
  });
});
