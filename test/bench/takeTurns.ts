import { collectGarbage } from './collectGarbage';

/** Figures of several contestants, one of each round, by the contestant's name. */
export type Rounds = ReadonlyMap<string, readonly number[]>;

/**
 * Lets contestants take turns, so that whatever else the machine does meets all of them. Each order is followed by its
 * reverse, then another begins, so that nobody always comes after the same one; garbage is collected before each turn.
 * The figures of the first `warmUps` rounds are not counted: the compiler is at work in them.
 *
 * @param measure Measures one contestant in one round: figures by their names.
 * @returns For each of the figures' names, all rounds of each contestant.
 */
export async function takeTurns<Contestant, Figures extends Readonly<Record<string, number>>>(
  contestants: ReadonlyMap<string, Contestant>,
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number },
  measure: (contestant: Contestant, name: string) => Promise<Figures>,
): Promise<Record<keyof Figures & string, Rounds>> {
  const all: Record<string, Map<string, number[]>> = {};
  const names = [...contestants.keys()];
  for (let round = 0; round < warmUps + rounds; round += 1) {
    for (const [name, contestant] of orderOf([...contestants], round)) {
      collectGarbage();
      const figures = await measure(contestant, name);
      if (round < warmUps) continue;
      for (const [figure, value] of Object.entries(figures)) {
        const figureRounds = (all[figure] ??= new Map(names.map((one): [string, number[]] => [one, []])));
        figureRounds.get(name)?.push(value);
      }
    }
  }
  return all;
}

function orderOf<Item>(items: readonly Item[], round: number): readonly Item[] {
  const first = Math.floor(round / 2) % items.length;
  const rotated = [...items.slice(first), ...items.slice(0, first)];
  return round % 2 === 0 ? rotated : rotated.reverse();
}
