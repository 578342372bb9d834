import { go, snapshot } from 'fuzzysort';

/** What can be found by typing parts of its name or path. */
export interface Findable {
  readonly name: string;
  /** With forward slashes; ends with the name. */
  readonly path: string;
}

/** Below this, letters are scattered over a name and mean something else. */
const leastNameScore = 0.5;
const leastScore = 0.3;
/** Of more matches than this, all of them exact, ranking the rest brings nothing that anyone would choose. */
const mostExactMatches = 2_000;

/**
 * Prepares things to be found: what it returns takes a query and lists the best of them first, those whose
 * name matches before those whose path does.
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

/** The first things that have the words in their name, just as they are typed. */
function matching<Thing>(things: readonly Thing[], lowerNames: readonly string[], words: string): Thing[] {
  const found: Thing[] = [];
  for (const [index, name] of lowerNames.entries()) {
    const thing = things[index];
    if (thing !== undefined && name.includes(words)) found.push(thing);
    if (found.length >= mostExactMatches) break;
  }
  return found;
}
