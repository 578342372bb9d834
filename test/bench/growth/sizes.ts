import { figureOf, type Figure } from '../figure';
import { mediansOf } from '../quantile';
import { takeTurns, type Rounds } from '../takeTurns';

/** How much there is of something, in relation to the least. */
export const scales = { 'at-1x': 1, 'at-10x': 10, 'at-100x': 100 } as const;

/** The name of a size in the figures. */
export type SizeName = keyof typeof scales;

/** The same thing in three sizes. */
export type Sized<Thing> = ReadonlyMap<SizeName, Thing>;

const names = Object.keys(scales) as SizeName[];

/** Makes something in the three sizes, of which the first is `least`. */
export async function inAllSizes<Thing>(
  least: number,
  make: (size: number) => Thing | Promise<Thing>,
): Promise<Sized<Thing>> {
  const things = new Map<SizeName, Thing>();
  for (const name of names) things.set(name, await make(least * scales[name]));
  return things;
}

/**
 * What must not depend on the size grows by a tenth at most. What has to touch everything grows with it, and by a
 * quarter more at most: a hundred times as much no longer fits into the processor's caches.
 */
const limits = { flat: 1.1, linear: 125 };

/** A tenth is seen only in many rounds. */
const rounds = { flat: 25, linear: 9 };

/** How a figure is taken. */
export interface Growth<Thing> {
  readonly name: string;
  readonly unit: string;
  readonly things: Sized<Thing>;
  readonly growth: keyof typeof limits;
  /** Measures one size in one round. */
  readonly measure: (thing: Thing) => number | Promise<number>;
  /** What is least for the same size; none where nothing is to be compared with. */
  readonly floor?: (thing: Thing) => number | Promise<number>;
}

/** Measures the three sizes in turn; the figure is that of the greatest, beside those of the others. */
export async function measureGrowth<Thing>(given: Growth<Thing>): Promise<Figure> {
  const { name, unit, things, growth, measure, floor } = given;
  const [, greatest] = [...things].at(-1) ?? [];
  const turns: [string, () => number | Promise<number>][] = Array.from(things, ([size, thing]) => [
    size,
    () => measure(thing),
  ]);
  if (floor !== undefined && greatest !== undefined) turns.push(['floor', () => floor(greatest)]);
  const { cost } = await takeTurns(new Map(turns), { rounds: rounds[growth], warmUps: 3 }, costOf);
  return growthFigure(name, unit, growth, cost);
}

async function costOf(measure: () => number | Promise<number>): Promise<{ readonly cost: number }> {
  return { cost: await measure() };
}

function growthFigure(name: string, unit: string, growth: keyof typeof limits, cost: Rounds): Figure {
  const { floor, 'at-100x': ours = Number.NaN, ...peers } = mediansOf(cost);
  return figureOf(name, unit, ours, {
    ...(floor !== undefined && { floor }),
    peers,
    goals: { times: { 'at-1x': limits[growth] } },
  });
}
