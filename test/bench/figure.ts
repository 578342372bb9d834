/** One figure of a benchmark. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly peers: Readonly<Record<string, number>>;
  /** What nobody can be better than, where it was measured. */
  readonly floor?: number;
  /** Ours in relation to the floor, and to each peer. */
  readonly ratio: Readonly<Record<string, number>>;
}

/** Puts a figure together; the ratios follow from the rest. */
export function figureOf(
  name: string,
  unit: string,
  ours: number,
  beside: { readonly floor?: number; readonly peers?: Readonly<Record<string, number>> } = {},
): Figure {
  const { floor, peers = {} } = beside;
  const others = { ...(floor === undefined ? {} : { floor }), ...peers };
  return {
    name,
    unit,
    ours,
    peers,
    ...(floor === undefined ? {} : { floor }),
    ratio: Object.fromEntries(Object.entries(others).map(([other, value]) => [other, ours / value])),
  };
}
