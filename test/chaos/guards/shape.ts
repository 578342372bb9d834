import fc from 'fast-check';

/**
 * What a value is to look like, as data: written for the tests alone, so that a guard is never measured by its own rules. From one
 * description come the judgement of values, valid values, and values just at and just over each limit.
 */
export type Shape =
  | {
      readonly kind: 'text';
      readonly least: number;
      readonly most: number;
      readonly like?: RegExp;
      readonly examples: readonly string[];
    }
  | { readonly kind: 'number'; readonly whole: boolean; readonly least: number; readonly most?: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'one of'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly least: number; readonly most: number; readonly of: Shape }
  | { readonly kind: 'null or'; readonly of: Shape }
  | { readonly kind: 'anything' }
  /** An object whose field `by` says which of these it is. */
  | { readonly kind: 'variant'; readonly by: string; readonly of: Fields }
  | { readonly kind: 'fields'; readonly fields: Fields; readonly optional: Fields; readonly others: boolean };

export type Fields = Readonly<Record<string, Shape>>;

/** Text; lengths in UTF-16 units. */
export function text(most: number, ...examples: readonly string[]): Shape {
  return { kind: 'text', least: 0, most, examples };
}

/** A list of things that look alike. */
export function listOf(of: Shape, most = Number.MAX_SAFE_INTEGER, least = 0): Shape {
  return { kind: 'list', least, most, of };
}

/** An object with these fields and no others. */
export function exactly(fields: Fields, optional: Fields = {}): Shape {
  return { kind: 'fields', fields, optional, others: false };
}

/** An object with these fields, whatever else it has. */
export function atLeast(fields: Fields): Shape {
  return { kind: 'fields', fields, optional: {}, others: true };
}

/** Whether a value looks as described. Never throws. */
export function fits(value: unknown, shape: Shape): boolean {
  switch (shape.kind) {
    case 'text': {
      if (typeof value !== 'string' || value.length < shape.least || value.length > shape.most) return false;
      return shape.like?.test(value) ?? true;
    }
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value) || value < shape.least) return false;
      if (value > (shape.most ?? Infinity)) return false;
      return !shape.whole || Number.isSafeInteger(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'one of':
      return typeof value === 'string' && shape.values.includes(value);
    case 'list':
      return (
        Array.isArray(value) &&
        value.length >= shape.least &&
        value.length <= shape.most &&
        // A hole in a list is nothing that was sent.
        Array.from(value as unknown[]).every((item) => fits(item, shape.of))
      );
    case 'null or':
      return value === null || fits(value, shape.of);
    case 'anything':
      return true;
    case 'variant': {
      const name = isPlain(value) && Object.hasOwn(value, shape.by) ? value[shape.by] : undefined;
      if (typeof name !== 'string' || !Object.hasOwn(shape.of, name)) return false;
      const of = shape.of[name];
      return of !== undefined && fits(value, of);
    }
    case 'fields':
      return hasFields(value, shape);
  }
}

function hasFields(
  value: unknown,
  { fields, optional, others }: Extract<Shape, { kind: 'fields' }>,
): boolean {
  if (!isPlain(value)) return false;
  const names = Object.keys(value);
  if (!others && names.some((name) => !Object.hasOwn(fields, name) && !Object.hasOwn(optional, name)))
    return false;
  const present = Object.entries(optional).filter(([name]) => Object.hasOwn(value, name));
  return [...Object.entries(fields), ...present].every(
    ([name, shape]) => Object.hasOwn(value, name) && fits(value[name], shape),
  );
}

/** Each with its name in the field that tells them apart. */
function variantsOf({ by, of }: Extract<Shape, { kind: 'variant' }>): readonly Shape[] {
  return Object.entries(of).flatMap(([name, shape]) => {
    const named: Fields = { [by]: { kind: 'one of', values: [name] } };
    return shape.kind === 'fields' ? [{ ...shape, fields: { ...named, ...shape.fields } }] : [];
  });
}

/** Whether a value is an object that JSON could have made. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Values that look as described: mostly the examples, which lead furthest. */
export function valuesOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'text': {
      const typed = fc.string({
        minLength: shape.least,
        maxLength: Math.min(shape.most, 40),
        unit: 'binary',
      });
      const examples = shape.examples.length > 0 ? fc.constantFrom(...shape.examples) : typed;
      return shape.like === undefined ? fc.oneof({ weight: 4, arbitrary: examples }, typed) : examples;
    }
    case 'number':
      return shape.whole
        ? fc.oneof(fc.constantFrom(0, 0, 1), fc.nat())
        : fc.double({
            min: shape.least,
            ...(shape.most !== undefined && { max: shape.most }),
            noDefaultInfinity: true,
            noNaN: true,
          });
    case 'flag':
      return fc.boolean();
    case 'one of':
      return fc.constantFrom(...shape.values);
    case 'list':
      return fc.array(valuesOf(shape.of), { minLength: shape.least, maxLength: Math.min(shape.most, 4) });
    case 'null or':
      return fc.oneof(fc.constant(null), valuesOf(shape.of));
    case 'anything':
      return fc.jsonValue();
    case 'variant':
      return fc.oneof(...variantsOf(shape).map(valuesOf));
    case 'fields':
      return fc.record(
        Object.fromEntries(
          Object.entries({ ...shape.fields, ...shape.optional }).map(([name, of]) => [name, valuesOf(of)]),
        ),
        { requiredKeys: Object.keys(shape.fields) },
      );
  }
}

/** One value that looks as described. */
export function exampleOf(shape: Shape): unknown {
  switch (shape.kind) {
    case 'text':
      return shape.examples[0] ?? 'x'.repeat(Math.max(shape.least, 1));
    case 'number':
      return Math.max(0, shape.least);
    case 'flag':
      return true;
    case 'one of':
      return shape.values[0];
    case 'list':
      return [exampleOf(shape.of)];
    case 'null or':
      return exampleOf(shape.of);
    case 'anything':
      return 1;
    case 'variant': {
      const [first] = variantsOf(shape);
      return first && exampleOf(first);
    }
    case 'fields':
      return Object.fromEntries(Object.entries(shape.fields).map(([name, of]) => [name, exampleOf(of)]));
  }
}

/** A value at a limit, and whether it is still within. */
export interface AtLimit {
  readonly where: string;
  readonly value: unknown;
  readonly isWithin: boolean;
}

/** For each limit in a description an otherwise good value at it and one over it. */
export function limitsOf(shape: Shape, where = ''): AtLimit[] {
  switch (shape.kind) {
    case 'text': {
      if (shape.like !== undefined) return [over(shape, where)];
      const least = shape.least === 0 ? [] : [{ where, value: 'x'.repeat(shape.least - 1), isWithin: false }];
      return [{ where, value: 'x'.repeat(shape.most), isWithin: true }, over(shape, where), ...least];
    }
    case 'number':
      return [
        { where, value: shape.least, isWithin: Number.isFinite(shape.least) },
        { where, value: Number.NaN, isWithin: false },
        { where, value: Number.POSITIVE_INFINITY, isWithin: false },
        { where, value: Number.NEGATIVE_INFINITY, isWithin: false },
        { where, value: 0.5, isWithin: !shape.whole },
        { where, value: 2 ** 53, isWithin: !shape.whole && shape.most === undefined },
        { where, value: -1, isWithin: shape.least < 0 },
      ];
    case 'list': {
      const item = exampleOf(shape.of);
      const full = Array.from({ length: shape.most }, () => item);
      return [
        { where, value: full, isWithin: true },
        { where, value: [...full, item], isWithin: false },
        { where, value: Object.assign([], { length: 1 }), isWithin: false },
        { where, value: { length: 0 }, isWithin: false },
        ...limitsOf(shape.of, `${where}[]`).map((limit) => ({ ...limit, value: [limit.value] })),
      ];
    }
    case 'null or':
      return [{ where, value: null, isWithin: true }, ...limitsOf(shape.of, where)];
    case 'fields':
      return Object.entries({ ...shape.fields, ...shape.optional }).flatMap(([name, of]) =>
        limitsOf(of, `${where}.${name}`).map((limit) => ({
          ...limit,
          value: { ...(exampleOf(shape) as object), [name]: limit.value },
        })),
      );
    case 'flag':
    case 'one of':
    case 'anything':
    case 'variant':
      return [];
  }
}

function over({ most, examples }: Extract<Shape, { kind: 'text' }>, where: string): AtLimit {
  return { where, value: (examples[0] ?? '').padEnd(most + 1, 'x'), isWithin: false };
}
