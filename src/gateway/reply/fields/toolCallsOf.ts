import { partsOf } from './readContentMedia';
import { asCount, asObject, asText, plainText, type ReplyObject } from '../../json/replyObject';
import { signedFields } from './signedFields';
import type { ToolCallDelta } from './toolCallAssembler';

const none: readonly ToolCallDelta[] = [];

/**
 * The deltas of tool calls in a delta or a message: `tool_calls: [{index, id, function: {name, arguments}}]`, or the older
 * `function_call: {name, arguments}`.
 */
export function toolCallsOf(content: ReplyObject): readonly ToolCallDelta[] {
  const { tool_calls: given = null, function_call: older = null } = content;
  if (given === null && older === null) return none;
  const calls = partsOf(given);
  if (calls.length === 0) {
    const legacy = asObject(older);
    return legacy === undefined ? none : toolCallOf({ function: legacy }, undefined);
  }
  // The fast path: nearly all deltas have one call.
  if (calls.length === 1) {
    const only = asObject(calls[0]);
    return only === undefined ? none : toolCallOf(only, undefined);
  }
  return calls.flatMap((call, position) => {
    const object = asObject(call);
    // If a chunk has several calls without an index, their places in the array are their indexes.
    return object === undefined ? none : toolCallOf(object, position);
  });
}

function toolCallOf(call: ReplyObject, position: number | undefined): readonly ToolCallDelta[] {
  // Some gateways send the fields of `function` directly.
  const given = asObject(call.function) ?? call;
  const isWhole = asObject(given.arguments) !== undefined;
  const delta: ToolCallDelta = {
    index: asCount(call.index) ?? position,
    id: asText(call.id),
    name: plainText(given.name),
    arguments: isWhole ? jsonOf(given.arguments) : plainText(given.arguments),
    isWhole,
    signed: signedFields(call),
  };
  const isEmpty =
    delta.id === undefined && delta.name === '' && delta.arguments === '' && delta.signed === undefined;
  return isEmpty ? none : [delta];
}

/** Returns invalid JSON if the value is nested too deeply to be written. A call with invalid JSON does not run. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return '{';
    throw error;
  }
}
