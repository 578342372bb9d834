import { extent, isLong } from '../support/extent';
import { RandomNumbers } from './randomNumbers';

/** A damaged file. */
export interface DamagedFile {
  /** A description for the message of a failed test. */
  readonly what: string;
  readonly kind: 'cut' | 'changed';
  readonly bytes: Buffer;
}

/** The bits that are changed at each place. The short form changes one of them, another one at each place. */
const allBits = [0, 1, 2, 3, 4, 5, 6, 7];
/** The distance between larger damages, in bytes. */
const step = extent(7, 1);

/** Files with several damaged places. */
const severalCount = extent(300, 20_000);

/**
 * A file with every kind of damage at every byte: truncated; one bit changed; one byte changed; a block overwritten with random
 * bytes or zeros; a block removed or inserted; and several of these at once.
 */
export function* damagesOf(original: Buffer): Generator<DamagedFile> {
  const random = new RandomNumbers(original.length);
  const garbage = (length: number): Buffer => Buffer.from(Array.from({ length }, () => random.below(256)));
  for (let place = 0; place < original.length; place += 1) {
    yield { what: `cut after ${place} bytes`, kind: 'cut', bytes: original.subarray(0, place) };
    for (const bit of isLong ? allBits : [place % allBits.length]) {
      yield overwrite(original, place, Buffer.of((original[place] ?? 0) ^ (1 << bit)), `bit ${bit}`);
    }
    if (place % step !== 0) continue;
    for (const byte of [0x00, 0x0a, 0x7d, 0xff]) {
      if (byte !== original[place]) yield overwrite(original, place, Buffer.of(byte), `byte ${byte}`);
    }
    for (const length of [16, 512]) {
      yield overwrite(original, place, garbage(Math.min(length, original.length - place)), `${length} bytes`);
    }
    yield overwrite(original, place, Buffer.alloc(Math.min(64, original.length - place)), 'zeros');
    yield splice(original, place, random.below(40) + 1, Buffer.alloc(0), 'a piece missing');
    yield splice(original, place, 0, garbage(random.below(40) + 1), 'garbage put in');
  }
  for (let count = 0; count < severalCount; count += 1) {
    let bytes = original;
    for (let places = random.below(5) + 2; places > 0; places -= 1) {
      const put = garbage(random.below(random.once(2) ? 3 : 60));
      ({ bytes } = splice(bytes, random.below(bytes.length + 1), random.below(60), put, ''));
    }
    yield { what: `several wrong places, ${count}`, kind: 'changed', bytes };
  }
}

function overwrite(original: Buffer, place: number, by: Buffer, what: string): DamagedFile {
  return splice(original, place, by.length, by, what);
}

function splice(original: Buffer, place: number, without: number, put: Buffer, what: string): DamagedFile {
  const bytes = Buffer.concat([original.subarray(0, place), put, original.subarray(place + without)]);
  return { what: `${what} at byte ${place}`, kind: 'changed', bytes };
}
