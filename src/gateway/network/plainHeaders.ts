import type { ReplyHead } from './exchange';

/** A reply's headers with their names in lower case; of those that were sent several times the first value. */
export function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): ReplyHead['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      (typeof value === 'string' ? value : value?.[0]) ?? '',
    ]),
  );
}
