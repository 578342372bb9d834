import * as v from 'valibot';

/**
 * The schema of an object that has these fields of its own and no others, as JSON makes it. `strictObject` alone also takes a list, what is
 * inherited, and one more field that is called as something every object inherits (`constructor`, `__proto__`).
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
