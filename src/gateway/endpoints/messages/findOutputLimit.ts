const mark = 'max_tokens above ';

/** The limit that an error states: `max_tokens: 64000 > 32000, which is the maximum …`. */
const stated =
  /max_tokens\W{1,4}\d{1,9} ?> ?(\d{1,9})|max_tokens[^.\n]{0,80}(?:at most|less than or equal to|<=|maximum(?: value)?(?: of| is)?|up to) ?(\d{1,9})/i;

/** The largest `max_tokens` that an error names, as an unsupported parameter: `max_tokens above 8192`. */
export function findOutputLimit(words: string): string | undefined {
  const found = stated.exec(words.slice(0, 4_000));
  const limit = Number(found?.[1] ?? found?.[2] ?? 0);
  return limit > 0 ? mark + String(limit) : undefined;
}

/** The smallest limit among the unsupported parameters of a model; Infinity if there is none. */
export function outputLimitIn(unsupported: Iterable<string>): number {
  let limit = Infinity;
  for (const parameter of unsupported)
    if (parameter.startsWith(mark)) limit = Math.min(limit, Number(parameter.slice(mark.length)) || Infinity);
  return limit;
}
