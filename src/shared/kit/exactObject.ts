import * as v from 'valibot';

/**
 * The schema of a plain object with exactly these own fields. valibot's `strictObject` alone would also accept an array,
 * inherited fields, and an extra field with the name of a property of `Object.prototype` (`constructor`, `__proto__`).
 */
export function exactObject<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.SchemaWithPipe<
  readonly [v.UnknownSchema, v.CheckAction<unknown, string>, v.StrictObjectSchema<Entries, undefined>]
> {
  return v.pipe(
    v.unknown(),
    v.check((value) => hasOnly(value, entries), 'Not a plain object with these fields.'),
    v.strictObject(entries),
  );
}

function hasOnly(value: unknown, entries: v.ObjectEntries): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.keys(value).every((name) => Object.hasOwn(entries, name));
}
