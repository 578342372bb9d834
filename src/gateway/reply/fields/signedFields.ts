import { asObject, type ReplyObject } from '../../json/replyObject';

/** The fields of a tool call with a signature of the model's reasoning. Both may be empty. */
export interface SignedFields {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Fields of `function`. */
  readonly inFunction: Readonly<Record<string, unknown>>;
}

/** How deep a field is searched for a signature, in levels. */
const deepest = 4;
/** How long the fields of one call may be, as JSON in UTF-16 code units. Signatures have a few thousand. */
const longest = 500_000;

const usualOfCall: ReadonlySet<string> = new Set(['index', 'id', 'type', 'function', 'name', 'arguments']);
const usualOfFunction: ReadonlySet<string> = new Set(['name', 'arguments']);

/**
 * The fields of a call that the gateway demands back with the result of the tool. Undefined for nearly all calls.
 *
 * Google's endpoint: `extra_content: {google: {thought_signature}}` ("Thought signatures", OpenAI compatibility). LiteLLM:
 * `provider_specific_fields: {thought_signature}`. Others put the signature into the call or into `function`.
 */
export function signedFields(call: ReplyObject): SignedFields | undefined {
  const fields = signed(call, usualOfCall);
  const given = asObject(call.function);
  const inFunction = given === undefined ? none : signed(given, usualOfFunction);
  if (fields === none && inFunction === none) return undefined;
  return JSON.stringify([fields, inFunction]).length > longest ? undefined : { fields, inFunction };
}

const none: Readonly<Record<string, unknown>> = {};

function signed(object: ReplyObject, usual: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  let found: Record<string, unknown> | undefined;
  for (const [name, value] of Object.entries(object))
    if (!usual.has(name) && hasSignature(name, value, 0)) (found ??= {})[name] = value;
  return found ?? none;
}

function hasSignature(name: string, value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value !== '' && /signature|encrypted/i.test(name);
  if (typeof value !== 'object' || value === null || depth >= deepest) return false;
  return Object.entries(value).some(([inner, item]) => hasSignature(inner, item, depth + 1));
}
