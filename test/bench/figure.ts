/** One figure of a benchmark. */
export interface Figure {
  /** Stable, in lower case, with hyphens. */
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly peers: Readonly<Record<string, number>>;
  /** What nobody can be better than, where it was measured. */
  readonly floor?: number;
  /** Ours in relation to the floor, and to each peer. */
  readonly ratio: Readonly<Record<string, number>>;
  /** What was set as the goal, and whether it holds; absent where there is none. */
  readonly goals?: readonly Goal[];
}

/** One goal of a figure. */
export interface Goal {
  /** In words, such as `≤ 1.7 × floor`. */
  readonly text: string;
  readonly holds: boolean;
}

/** What a figure must not exceed, or fall short of. */
export interface GoalLimits {
  /** At most so many times the floor, or a peer: by the name. */
  readonly times?: Readonly<Record<string, number>>;
  /** At least so many times the floor, or a peer: by the name. */
  readonly timesAtLeast?: Readonly<Record<string, number>>;
  /** At most so much above the floor, in the figure's unit. */
  readonly overFloor?: number;
  /** At most so much, in the figure's unit. */
  readonly atMost?: number;
  /** At least so much, in the figure's unit. */
  readonly atLeast?: number;
}

/** What a figure stands beside. */
export interface Beside {
  readonly floor?: number;
  readonly peers?: Readonly<Record<string, number>>;
  readonly goals?: GoalLimits;
}

/** Puts a figure together; the ratios, and whether the goals hold, follow from the rest. */
export function figureOf(name: string, unit: string, ours: number, beside: Beside = {}): Figure {
  const { floor, peers = {}, goals } = beside;
  const others = { ...(floor === undefined ? {} : { floor }), ...peers };
  return {
    name,
    unit,
    ours,
    peers,
    ...(floor === undefined ? {} : { floor }),
    ratio: Object.fromEntries(Object.entries(others).map(([other, value]) => [other, ours / value])),
    ...(goals === undefined ? {} : { goals: goalsOf(goals, unit, ours, others) }),
  };
}

/** A value that was not measured holds no goal. */
function goalsOf(
  { times = {}, timesAtLeast = {}, overFloor, atMost, atLeast }: GoalLimits,
  unit: string,
  ours: number,
  others: Readonly<Record<string, number>>,
): Goal[] {
  const goals = Object.entries(times).map(([other, limit]) => ({
    text: `≤ ${inWords(limit)} × ${other}`,
    holds: ours / (others[other] ?? Number.NaN) <= limit,
  }));
  for (const [other, limit] of Object.entries(timesAtLeast)) {
    const ratio = ours / (others[other] ?? Number.NaN);
    goals.push({ text: `≥ ${inWords(limit)} × ${other}`, holds: ratio >= limit });
  }
  if (overFloor !== undefined) {
    const over = ours - (others['floor'] ?? Number.NaN);
    goals.push({ text: `≤ floor + ${overFloor} ${unit}`, holds: over <= overFloor });
  }
  if (atMost !== undefined) goals.push({ text: `≤ ${atMost} ${unit}`, holds: ours <= atMost });
  if (atLeast !== undefined) goals.push({ text: `≥ ${atLeast} ${unit}`, holds: ours >= atLeast });
  return goals;
}

/** A fiftieth reads better as 1/50. */
function inWords(limit: number): string {
  return limit < 0.2 && Number.isInteger(1 / limit) ? `1/${1 / limit}` : `${limit}`;
}
