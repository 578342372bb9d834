import * as v from 'valibot';

/** Fields that say which of an answer's media is meant: the answer, and the medium's place, counted from 0. */
export const mediumEntries = {
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  index: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
};
