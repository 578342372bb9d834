import * as v from 'valibot';

/** Fields that identify a medium, in messages of both directions: the id of the answer, and the index in it, counted from 0. */
export const mediumEntries = {
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  index: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
};
