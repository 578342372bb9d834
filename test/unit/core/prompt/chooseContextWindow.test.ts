import { deepEqual } from 'node:assert/strict';
import { chooseContextWindow, type KnownWindows } from '../../../../src/core/prompt/chooseContextWindow';

const nothing: KnownWindows = { set: undefined, learned: undefined, listed: undefined, likely: undefined };

describe('chooseContextWindow', () => {
  const cases: Readonly<Record<string, readonly [Partial<KnownWindows>, number | null, number | null]>> = {
    'stops nothing when it is only likely': [{ likely: 128_000 }, 128_000, null],
    'is nothing without a word': [{}, null, null],
    'is what the list says': [{ listed: 4_096, likely: 128_000 }, 4_096, 4_096],
    'is what a refusal named': [{ learned: 8_192, likely: 128_000 }, 8_192, 8_192],
    'is what a refusal named rather than a list that promised more, which may be right again': [
      { learned: 4_096, listed: 131_072 },
      4_096,
      131_072,
    ],
    'is what a refusal named rather than a list that promised less': [
      { learned: 8_192, listed: 4_096 },
      8_192,
      8_192,
    ],
    'is what the user set, whatever the gateway said': [
      { set: 1_000_000, learned: 4_096, listed: 8_192, likely: 128_000 },
      1_000_000,
      1_000_000,
    ],
  };
  for (const [name, [known, contextWindow, promptLimit]] of Object.entries(cases)) {
    it(name, () => {
      deepEqual(chooseContextWindow({ ...nothing, ...known }), { contextWindow, promptLimit });
    });
  }
});
