import * as v from 'valibot';

/** A page that an answer cites, as the gateway names it next to the text. */
export const sourceSchema = v.object({
  /** An `https:` or `http:` URL. */
  url: v.string(),
  /** Its number in the text, counted from 1: 2 for `[2]`. */
  number: v.number(),
  title: v.exactOptional(v.string()),
  /** The range of the text that cites it, in characters. */
  start: v.exactOptional(v.number()),
  end: v.exactOptional(v.number()),
});

/** A page that an answer cites. */
export type Source = v.InferOutput<typeof sourceSchema>;

/** Most sources of an answer. Further ones are left out. */
export const mostSources = 200;

/** True for a URL that may be shown as a link to a source: a web page, without credentials. */
export function isSourceUrl(url: string): boolean {
  return url.length <= 2_000 && /^https?:\/\/[^\s/?#@\\]+(?:[/?#]\S*)?$/i.test(url);
}

/**
 * Adds a source to the list of an answer, in place. A known source (same number and URL) gets the fields that it lacks. If another
 * URL already has the number, the source gets the next free number.
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
