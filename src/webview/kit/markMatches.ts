import { matchLetters } from './matchLetters';

/** A piece of a name. `matched` is true if it matches the typed text. */
export interface MarkedPiece {
  readonly text: string;
  readonly matched: boolean;
}

/** Splits a name into pieces that match the query and pieces that do not. Joined they are the name. */
export function markMatches(name: string, query: string): readonly MarkedPiece[] {
  const matched = new Set(placesOf(name, query));
  const pieces: { text: string; matched: boolean }[] = [];
  for (let at = 0; at < name.length; at += 1) {
    const last = pieces.at(-1);
    const isMatched = matched.has(at);
    if (last?.matched === isMatched) last.text += name.charAt(at);
    else pieces.push({ text: name.charAt(at), matched: isMatched });
  }
  return pieces;
}

/** The last part of a query that is a path belongs to the name. */
function placesOf(name: string, query: string): readonly number[] {
  const lastPart = query.split(/[\\/]/u).at(-1) ?? '';
  return matchLetters(name, query) ?? matchLetters(name, lastPart) ?? [];
}
