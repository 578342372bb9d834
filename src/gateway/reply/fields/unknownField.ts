import type { ReplyObject } from '../../json/replyObject';

/** A field of a reply that is not one of the usual ones. */
export type UnknownField = readonly [name: string, value: unknown];

/** Most objects have no such field and share this array. */
const none: readonly UnknownField[] = [];

/** How deep a value is searched for content, in levels. */
const deepest = 4;

/**
 * The usual fields of a chunk, a choice, a delta and a message, and fields that do not belong to the answer. Fields of media are
 * not in this list, so that an object with only usual fields need not be searched for media.
 */
const usual: ReadonlySet<string> = new Set(
  (
    'id object created model choices usage system_fingerprint service_tier provider obfuscation padding p timings ' +
    'index delta message finish_reason native_finish_reason stop_reason logprobs matched_stop token_ids ' +
    'role content name text refusal reasoning_content reasoning reasoning_details tool_calls function_call audio ' +
    'error errors code msg type x_groq prompt_progress'
  ).split(' '),
);

/** The fields of an object that are not usual and have a value. */
function unknownFields(object: ReplyObject): readonly UnknownField[] {
  let found: UnknownField[] | undefined;
  const fields: Readonly<Record<string, unknown>> = object;
  for (const name in fields) {
    if (usual.has(name)) continue;
    const value = fields[name];
    if (value !== null && value !== undefined && value !== '') (found ??= []).push([name, value]);
  }
  return found ?? none;
}

/**
 * Creates an `unknownFields` for the objects at one place of a chunk. The chunks of a stream have the same fields in the same
 * order, so it stores the field names of the last object that had only usual ones. Comparing names is faster than looking them up.
 */
export function createUnknownFields(): (object: ReplyObject) => readonly UnknownField[] {
  let usualNames: readonly string[] = [];
  return (object) => {
    let count = 0;
    for (const name in object) {
      if (name !== usualNames[count]) {
        const found = unknownFields(object);
        const names = Object.keys(object);
        if (names.every((one) => usual.has(one))) usualNames = names;
        return found;
      }
      count += 1;
    }
    return none;
  };
}

/** True if one of the fields has content: a sign that the model works, even if Parley cannot show it. */
export function saysSomething(fields: readonly UnknownField[]): boolean {
  return fields.some(([, value]) => hasContent(value, 0));
}

function hasContent(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value !== '';
  if (typeof value === 'number') return value !== 0;
  if (typeof value !== 'object' || value === null) return value === true;
  if (depth >= deepest) return true;
  return Object.values(value).some((item) => hasContent(item, depth + 1));
}
