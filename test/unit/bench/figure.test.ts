import { deepStrictEqual, equal } from 'node:assert/strict';
import { missedGoals, tableOf } from '../../../scripts/benchmarkTables.mjs';
import { figureOf } from '../../bench/figure';
import { takeTurns } from '../../bench/takeTurns';

describe('a figure of a benchmark', () => {
  it('says which of its goals hold', () => {
    const figure = figureOf('client-burst', 'µs', 3, {
      floor: 2,
      peers: { other: 12 },
      goals: {
        times: { floor: 1.7, other: 1 / 6 },
        timesAtLeast: { floor: 1.4 },
        overFloor: 0.5,
        atMost: 3,
        atLeast: 4,
      },
    });
    deepStrictEqual(figure.ratio, { floor: 1.5, other: 0.25 });
    deepStrictEqual(figure.goals, [
      { text: '≤ 1.7 × floor', holds: true },
      { text: '≤ 1/6 × other', holds: false },
      { text: '≥ 1.4 × floor', holds: true },
      { text: '≤ floor + 0.5 µs', holds: false },
      { text: '≤ 3 µs', holds: true },
      { text: '≥ 4 µs', holds: false },
    ]);
  });

  it('holds no goal beside what was not measured', () => {
    const { goals = [] } = figureOf('client-burst', 'µs', Number.NaN, {
      floor: 2,
      goals: {
        times: { floor: 1, nobody: 1 },
        timesAtLeast: { floor: 1 },
        overFloor: 1,
        atMost: 1,
        atLeast: 1,
      },
    });
    equal(goals.length, 6);
    equal(goals.filter(({ holds }) => holds).length, 0);
  });

  it('is one of those that a sentence names when its goal is missed', () => {
    const good = figureOf('good', 'µs', 1, { goals: { atMost: 2 } });
    const bad = figureOf('bad', 'µs', 3, { goals: { atMost: 2 } });
    const free = figureOf('free', 'µs', 3);
    equal(missedGoals([good, free]), undefined);
    equal(missedGoals([good, bad, free]), 'Goals are missed: bad (≤ 2 µs).');
  });

  it('stands in the table with what it is compared with', () => {
    const table = tableOf([
      figureOf('bad', 'µs', 3, { floor: 2, peers: { other: 12 }, goals: { atMost: 2 } }),
    ]);
    equal(
      table.split('\n')[1]?.replaceAll(/ +/g, ' '),
      'bad 3.00 µs 2.00 (× 1.50) ≤ 2 µs ✗ other 12.0 (× 0.250)',
    );
  });

  it('comes of turns in which nobody always comes after the same one', async () => {
    const order: string[] = [];
    const contestants = new Map(['a', 'b', 'c'].map((name): [string, string] => [name, name]));
    const { cost } = await takeTurns(contestants, { rounds: 3, warmUps: 1 }, (name) => {
      order.push(name);
      return Promise.resolve({ cost: order.length });
    });
    deepStrictEqual(order.join(''), 'abccbabcaacb');
    deepStrictEqual([...cost.keys()], ['a', 'b', 'c']);
    for (const values of cost.values()) equal(values.length, 3);
  });
});
