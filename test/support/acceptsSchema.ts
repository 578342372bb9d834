/** The part of JSON Schema that Parley's settings use. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: { readonly pattern: string };
  readonly additionalProperties?: Schema;
  readonly description?: string;
  readonly errorMessage?: string;
  readonly doNotSuggest?: boolean;
}

const understood: ReadonlySet<string> = new Set([
  'type',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'items',
  'oneOf',
  'not',
  'properties',
  'propertyNames',
  'additionalProperties',
  'description',
  'errorMessage',
  'doNotSuggest',
]);

/** True when the settings editor accepts a value. Throws for an unknown keyword of the schema. */
export function acceptsSchema(schema: Schema, value: unknown): boolean {
  const unknown = Object.keys(schema).filter((keyword) => !understood.has(keyword));
  if (unknown.length > 0) throw new Error(`Not understood: ${unknown.join(', ')}`);
  const { type, minimum = -Infinity, maximum = Infinity, oneOf, not } = schema;
  const types = typeof type === 'string' ? [type] : type;
  if (types !== undefined && !types.some((each) => isOfType(each, value))) return false;
  if (oneOf !== undefined && oneOf.filter((other) => acceptsSchema(other, value)).length !== 1) return false;
  if (not !== undefined && acceptsSchema(not, value)) return false;
  if (typeof value === 'number') return value >= minimum && value <= maximum;
  if (Array.isArray(value)) return acceptsItems(schema, value);
  return typeof value !== 'object' || value === null || acceptsProperties(schema, value);
}

function acceptsItems(
  { items, minItems = 0, maxItems = Infinity }: Schema,
  value: readonly unknown[],
): boolean {
  return (
    value.length >= minItems &&
    value.length <= maxItems &&
    value.every((item) => items === undefined || acceptsSchema(items, item))
  );
}

function acceptsProperties(schema: Schema, value: object): boolean {
  const { properties = {}, propertyNames, additionalProperties = {} } = schema;
  return Object.entries(value).every(([name, item]) => {
    if (propertyNames !== undefined && !new RegExp(propertyNames.pattern).test(name)) return false;
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return acceptsSchema(own ?? additionalProperties, item);
  });
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}
