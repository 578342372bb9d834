import { go, snapshot } from 'fuzzysort';

/** Something that can be found by parts of its name or path. */
interface Findable {
  readonly name: string;
  /** With forward slashes; ends with the name. */
  readonly path: string;
}

/** Matches with a lower score (0 to 1) are dropped: their letters are scattered over the name. */
const leastNameScore = 0.5;
const leastScore = 0.3;
/** If so many names contain the query exactly, only those are ranked: fuzzy matches would not be chosen. */
const mostExactMatches = 2_000;

/**
 * Prepares a fuzzy search. The returned function takes a query and lists the best matches first: matches of the name, then
 * matches of the path.
 */
export function findIn<Thing extends Findable>(
  things: readonly Thing[],
): (query: string, limit: number) => Thing[] {
  const lowerNames = things.map(({ name }) => name.toLowerCase());
  const names = snapshot(things, { key: 'name' });
  const paths = snapshot(things, { key: 'path' });
  return (query, limit) => {
    const words = query.replaceAll('\\', '/').trim();
    const common = matching(things, lowerNames, words.toLowerCase());
    if (common.length >= mostExactMatches) {
      return go(words, common, { key: 'name', limit }).map(({ obj }) => obj);
    }
    const byName = go(words, names, { limit, threshold: leastNameScore }).map(({ obj }) => obj);
    if (byName.length >= limit) return byName;
    const byPath = go(words, paths, { limit, threshold: leastScore }).map(({ obj }) => obj);
    return [...new Set([...byName, ...byPath])].slice(0, limit);
  };
}

/** The first things whose name contains the query exactly, ignoring case. */
function matching<Thing>(things: readonly Thing[], lowerNames: readonly string[], words: string): Thing[] {
  const found: Thing[] = [];
  for (const [index, name] of lowerNames.entries()) {
    const thing = things[index];
    if (thing !== undefined && name.includes(words)) found.push(thing);
    if (found.length >= mostExactMatches) break;
  }
  return found;
}
