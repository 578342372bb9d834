/** What a UTF-16 unit is in a term. */
const enum Unit {
  other,
  lower,
  upper,
  digit,
  cjk,
  underscore,
}

const underscore = 0x5f;

/** Folds upper case of ASCII to lower case. */
const asciiCase = 0x20;

/** The offset basis and the prime of FNV-1a with 32 bits. */
const hashStart = 0x811c9dc5;
const hashPrime = 0x01000193;

/**
 * Counts the terms of a text by their hashes (FNV-1a, 32 bits), so that an index holds no words. A term is an identifier
 * without its underscores, each part of an identifier in camelCase or snake_case, and each pair of neighbouring Chinese,
 * Japanese or Korean characters. Case does not matter.
 */
export function countTerms(text: string): Map<number, number> {
  const counts = new Map<number, number>();
  for (let at = 0; at < text.length;) {
    const unit = unitAt(text, at);
    if (unit === Unit.other) at += 1;
    else if (unit === Unit.cjk) at = countPairs(text, at, counts);
    else at = countIdentifier(text, at, counts);
  }
  return counts;
}

function countPairs(text: string, start: number, counts: Map<number, number>): number {
  let end = start + 1;
  while (end < text.length && unitAt(text, end) === Unit.cjk) end += 1;
  if (end - start === 1) count(counts, hashUnit(hashStart, text.charCodeAt(start)));
  for (let at = start + 1; at < end; at += 1) {
    count(counts, hashUnit(hashUnit(hashStart, text.charCodeAt(at - 1)), text.charCodeAt(at)));
  }
  return end;
}

function countIdentifier(text: string, start: number, counts: Map<number, number>): number {
  let whole = hashStart;
  let part = hashStart;
  let partLength = 0;
  let parts = 0;
  let before = Unit.other;
  let unit = unitAt(text, start);
  let at = start;
  const endPart = (): void => {
    // A single letter tells nothing.
    if (partLength > 1) count(counts, part);
    if (partLength > 0) parts += 1;
    part = hashStart;
    partLength = 0;
  };
  while (unit !== Unit.other && unit !== Unit.cjk) {
    const next = unitAt(text, at + 1);
    if (unit === Unit.underscore) endPart();
    else {
      const beginsWord =
        unit === Unit.upper &&
        // `fooBar` and the S of `HTTPServer`
        (before === Unit.lower || before === Unit.digit || (before === Unit.upper && next === Unit.lower));
      if (beginsWord && partLength > 0) endPart();
      const folded = foldUnit(text.charCodeAt(at));
      whole = hashUnit(whole, folded);
      part = hashUnit(part, folded);
      partLength += 1;
    }
    before = unit;
    unit = next;
    at += 1;
  }
  endPart();
  if (parts > 1) count(counts, whole);
  return at;
}

function count(counts: Map<number, number>, term: number): void {
  counts.set(term, (counts.get(term) ?? 0) + 1);
}

function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, hashPrime) >>> 0;
}

function foldUnit(unit: number): number {
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a ? unit | asciiCase : unit;
  return String.fromCharCode(unit).toLowerCase().charCodeAt(0);
}

function unitAt(text: string, at: number): Unit {
  const unit = text.charCodeAt(at);
  if (unit >= 0x61 && unit <= 0x7a) return Unit.lower;
  if (unit >= 0x41 && unit <= 0x5a) return Unit.upper;
  if (unit >= 0x30 && unit <= 0x39) return Unit.digit;
  if (unit === underscore) return Unit.underscore;
  // `charCodeAt` is NaN after the end.
  return unit >= 0x80 ? otherUnit(unit) : Unit.other;
}

function otherUnit(unit: number): Unit {
  const isCjk =
    (unit >= 0x3040 && unit <= 0x30ff) ||
    (unit >= 0x3400 && unit <= 0x4dbf) ||
    (unit >= 0x4e00 && unit <= 0x9fff) ||
    (unit >= 0xac00 && unit <= 0xd7a3) ||
    (unit >= 0xf900 && unit <= 0xfaff);
  if (isCjk) return Unit.cjk;
  const character = String.fromCharCode(unit);
  if (/\p{Lu}/u.test(character)) return Unit.upper;
  return /[\p{L}\p{N}\p{M}]/u.test(character) ? Unit.lower : Unit.other;
}
