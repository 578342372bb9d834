/** Whether the long form was asked for (`npm run test:chaos`); a plain `npm test` runs the short one. */
export const isLong = process.env['PARLEY_CHAOS'] === 'long';

/** How much of something a chaos suite does: the first in a plain `npm test`, the second in `npm run test:chaos`. */
export function extent<Amount>(short: Amount, long: Amount): Amount {
  return isLong ? long : short;
}
