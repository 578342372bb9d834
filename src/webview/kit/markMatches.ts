import { matchLetters } from './matchLetters';

/** A piece of a name; `matched` when it answers to what was typed. */
export interface MarkedPiece {
  readonly text: string;
  readonly matched: boolean;
}

/** Cuts a name into the pieces that answer to the query and those that do not. Together they are the name. */
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

/** Of a query that is a path, the last part is about the name. */
function placesOf(name: string, query: string): readonly number[] {
  const lastPart = query.split(/[\\/]/u).at(-1) ?? '';
  return matchLetters(name, query) ?? matchLetters(name, lastPart) ?? [];
}
