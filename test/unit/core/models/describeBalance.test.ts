import { equal } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Balance } from '../../../../src/core/models/balance';
import { describeBalance } from '../../../../src/core/models/describeBalance';
import { createTranslate } from '../../../../src/shared/kit/translate';

const english = createTranslate({});
const chinese = createTranslate(
  JSON.parse(readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8')) as Record<string, string>,
);
const dollars = { kind: 'currency', code: 'USD' } as const;
const yuan = { kind: 'currency', code: 'CNY' } as const;

const descriptions: readonly (readonly [Balance, string, string])[] = [
  [{ left: [{ amount: 12.34, unit: dollars }], scope: 'account' }, '$12.34 left', '剩余 $12.34'],
  [{ left: [{ amount: 5, unit: dollars }], scope: 'key' }, '$5 left for this key', '此密钥剩余 $5'],
  [
    { left: [{ amount: 5, unit: yuan }], scope: 'unstated', isLowerBound: true },
    'At least ¥5 left',
    '至少剩余 ¥5',
  ],
  [
    {
      left: [
        { amount: 1.5, unit: yuan },
        { amount: 2, unit: dollars },
      ],
      scope: 'account',
    },
    '¥1.50 + $2 left',
    '剩余 ¥1.50 + $2',
  ],
  [
    { left: [], scope: 'key', used: { amount: 3.2, unit: dollars } },
    'No limit for this key · $3.20 used',
    '此密钥没有额度限制 · 已用 $3.20',
  ],
  [
    { left: [{ amount: 0, unit: yuan }], scope: 'account', isTooLow: true },
    '¥0 left · Too low for requests',
    '剩余 ¥0 · 余额不足，无法发送请求',
  ],
  [{ left: [{ amount: -0.5, unit: dollars }], scope: 'account' }, '-$0.50 left', '剩余 -$0.50'],
  [
    { left: [{ amount: 500_000, unit: { kind: 'quota' } }], scope: 'account' },
    '500,000 quota units left',
    '剩余 500,000 额度单位',
  ],
  [
    { left: [{ amount: -100.5, unit: { kind: 'symbol', symbol: '⚡' } }], scope: 'account' },
    '-⚡100.5 left',
    '剩余 -⚡100.5',
  ],
  [
    { left: [{ amount: 12.5, unit: { kind: 'unstated' } }], scope: 'account' },
    '12.5 (currency not stated) left',
    '剩余 12.5（币种未知）',
  ],
];

describe('the description of a balance', () => {
  for (const [balance, inEnglish, inChinese] of descriptions) {
    it(`is ${inEnglish}`, () => {
      equal(describeBalance(balance, english, 'en'), inEnglish);
      equal(describeBalance(balance, chinese, 'zh-cn'), inChinese);
    });
  }
});
