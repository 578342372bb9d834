import * as v from 'valibot';

/** A page that an answer refers to, as the gateway names it beside the text. */
export const sourceSchema = v.object({
  /** Where it is: `https:` or `http:`, nothing else. */
  url: v.string(),
  /** What stands for it in the text, counted from 1: 2 for `[2]`. */
  number: v.number(),
  title: v.exactOptional(v.string()),
  /** The piece of the text that it supports, in characters from the text's beginning. */
  start: v.exactOptional(v.number()),
  end: v.exactOptional(v.number()),
});

export type Source = v.InferOutput<typeof sourceSchema>;

/** More sources than any answer has; what comes after them is left out. */
export const mostSources = 200;

/** True for an address that may be shown as a link to a source: a page on the web, without a name or password in it. */
export function isSourceUrl(url: string): boolean {
  return url.length <= 2_000 && /^https?:\/\/[^\s/?#@\\]+(?:[/?#]\S*)?$/i.test(url);
}

/**
 * Adds a source to the list of an answer, in place. One with the same number and address gets what it lacks; a number
 * that another address has gives way to the next free one.
 */
export function addSource(sources: Source[], source: Source): void {
  if (!isSourceUrl(source.url)) return;
  const known = sources.findIndex(({ number, url }) => number === source.number && url === source.url);
  if (known !== -1) {
    sources[known] = { ...source, ...sources[known] };
    return;
  }
  if (sources.length >= mostSources) return;
  const isTaken = sources.some(({ number }) => number === source.number);
  const next = sources.reduce((highest, { number }) => Math.max(highest, number), 0) + 1;
  sources.push(isTaken ? { ...source, number: next } : source);
}
