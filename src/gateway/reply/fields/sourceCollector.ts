import { addSource, mostSources, type Source } from '../../../shared/answer/source';
import type { FoundSource, SourceList } from './readSources';

/**
 * Numbers the sources of one answer. Gateways repeat them in every chunk and in several fields. Each source is returned once,
 * and again only if its title becomes known.
 */
export class SourceCollector {
  private readonly known: Source[] = [];

  /** Adds lists of sources. Returns the new and the changed ones. */
  take(lists: readonly SourceList[]): readonly Source[] {
    const changed: Source[] = [];
    for (const { sources, isNumbered } of lists) {
      const isFirst = this.known.length === 0;
      sources.forEach((found, place) => {
        const source = this.numbered(found, isNumbered ? place + 1 : undefined, isFirst);
        if (source !== undefined) changed.push(source);
      });
    }
    return changed;
  }

  /** The source with its number; undefined if it is already known. */
  private numbered(
    { url, title, number: told, start, end }: FoundSource,
    place: number | undefined,
    isFirst: boolean,
  ): Source | undefined {
    const wanted = told ?? place;
    const same = this.known.filter((source) => source.url === url);
    // One page may have several numbers, but only within the first list.
    const known =
      same.find(({ number }) => number === wanted) ?? (isFirst && wanted !== undefined ? undefined : same[0]);
    if (known !== undefined) {
      if (known.title !== undefined || title === undefined) return undefined;
      const better = { ...known, title };
      this.known[this.known.indexOf(known)] = better;
      return better;
    }
    if (this.known.length >= mostSources) return undefined;
    const next = this.known.reduce((highest, { number }) => Math.max(highest, number), 0) + 1;
    const before = this.known.length;
    addSource(this.known, {
      url,
      number: wanted ?? next,
      ...(title !== undefined && title !== '' && { title }),
      ...(start !== undefined && end !== undefined && { start, end }),
    });
    return this.known[before];
  }
}
