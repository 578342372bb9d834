import type { ReplyObject } from '../../json/replyObject';

/** A field of a reply that is none of the usual ones. */
export type UnknownField = readonly [name: string, value: unknown];

/** Most objects have no such field: they share this list. */
const none: readonly UnknownField[] = [];

/** How deep a value is searched for something that it says. */
const deepest = 4;

/**
 * Fields of a chunk, a choice, a delta and a message that nearly all replies have, or that say nothing about the answer.
 * Those of pictures and the like are not among them: where there is no other field, nobody needs to look for media.
 */
const usual: ReadonlySet<string> = new Set(
  (
    'id object created model choices usage system_fingerprint service_tier provider obfuscation padding p timings ' +
    'index delta message finish_reason native_finish_reason stop_reason logprobs matched_stop token_ids ' +
    'role content name text refusal reasoning_content reasoning reasoning_details tool_calls function_call audio ' +
    'error errors code msg type x_groq prompt_progress'
  ).split(' '),
);

/** The fields of an object that are not the usual ones and hold a value. */
export function unknownFields(object: ReplyObject): readonly UnknownField[] {
  let found: UnknownField[] | undefined;
  const fields: Readonly<Record<string, unknown>> = object;
  for (const name in fields) {
    if (usual.has(name)) continue;
    const value = fields[name];
    if (value !== null && value !== undefined && value !== '') (found ??= []).push([name, value]);
  }
  return found ?? none;
}

/** True when one of the fields holds more than empty values: a sign that the model works, even where it cannot be shown. */
export function saysSomething(fields: readonly UnknownField[]): boolean {
  return fields.some(([, value]) => isTelling(value, 0));
}

function isTelling(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value !== '';
  if (typeof value === 'number') return value !== 0;
  if (typeof value !== 'object' || value === null) return value === true;
  if (depth >= deepest) return true;
  return Object.values(value).some((item) => isTelling(item, depth + 1));
}
