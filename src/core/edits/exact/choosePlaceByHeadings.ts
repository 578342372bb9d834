import { declarationEnd } from '../lines/declaration';
import type { HunkPlace } from './findHunkPlaces';
import { plainLine } from '../lines/plainLine';
import type { Hunk } from './filePatch';

/** Chooses the place below a hunk's headings: inside the declaration of the last heading, or else the only place after it. */
export function choosePlaceByHeadings(
  { headings }: Hunk,
  places: readonly HunkPlace[],
  file: readonly string[],
): HunkPlace | undefined {
  let lines: readonly number[] | undefined;
  for (const heading of headings) {
    const found = linesLike(heading, file);
    if (found.length === 0) continue;
    const inner = lines?.flatMap((outer) => {
      const end = declarationEnd(file, outer);
      return found.filter((line) => line > outer && line < end);
    });
    lines = inner === undefined || inner.length === 0 ? found : inner;
  }
  if (lines === undefined) return undefined;
  const known = lines;
  const within = places.filter(({ start }) =>
    known.some((line) => start >= line && start < declarationEnd(file, line)),
  );
  if (within.length === 1) return within[0];
  const [only, ...others] = known;
  const after = places.filter(({ start }) => only !== undefined && start >= only);
  return within.length === 0 && others.length === 0 && after.length === 1 ? after[0] : undefined;
}

/** The lines of the file that match a heading. Git cuts headings after 80 bytes, so the beginning is enough. */
function linesLike(heading: string, file: readonly string[]): readonly number[] {
  const plain = plainLine(heading);
  const find = (test: (line: string) => boolean): readonly number[] =>
    file.flatMap((line, index) => (test(plainLine(line)) ? [index] : []));
  const same = find((line) => line === plain);
  if (same.length > 0) return same;
  return plain.length < 3 ? [] : find((line) => line.startsWith(plain) || line.includes(plain));
}
