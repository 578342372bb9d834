/** The last moment that a `Date` can represent, in milliseconds since the epoch. */
export const latestTime = 8.64e15;

/**
 * Reads a time of an imported file: a number, a number as text, or a date in a format that `Date.parse` accepts.
 *
 * @param unit Milliseconds in the unit of a number: 1 or 1,000.
 * @returns Milliseconds since the epoch; undefined for anything that is not a time.
 */
export function readTime(time: number | string | null | undefined, unit: 1 | 1_000): number | undefined {
  if (time === null || time === undefined || time === '') return undefined;
  const count = Number(time);
  const at = Number.isNaN(count) ? Date.parse(String(time)) : count * unit;
  return Math.abs(at) < latestTime ? Math.round(at) : undefined;
}
