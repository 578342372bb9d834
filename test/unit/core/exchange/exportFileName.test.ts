import { equal, ok } from 'node:assert/strict';
import { exportFileName } from '../../../../src/core/exchange/exportFileName';

describe('the file name of an exported chat', () => {
  const cases: Record<string, string> = {
    'Add two numbers': 'Add two numbers',
    'src/index.ts: why?': 'src index.ts why',
    'a <b> "c" | d*': 'a b c d',
    ' ..hidden.. ': 'hidden',
    'two\nlines\tand\u200btabs': 'two lines and tabs',
    排序算法: '排序算法',
    'con.txt': '_con.txt',
    LPT1: '_LPT1',
    '???': 'Chat',
    '': 'Chat',
  };
  for (const [title, expected] of Object.entries(cases))
    it(`is “${expected}” for the title ${JSON.stringify(title)}`, () => {
      equal(exportFileName(title, 'Chat'), expected);
    });

  it('has at most 80 characters, and no half of one', () => {
    const name = exportFileName('🌈'.repeat(200), 'Chat');
    equal(Array.from(name).length, 80);
    ok(name.isWellFormed());
  });
});
