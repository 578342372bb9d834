/**
 * A message form: one way to write the messages of a request which some gateways reject and which Parley can replace by
 * another way. Example: `system role` is a message with the role `system`; without it, the same text becomes part of the
 * first user message.
 *
 * An "unsupported parameter" is anything that a gateway rejects and that a request can be sent without. It is one of:
 * - the name of a request field, such as `logprobs`;
 * - one tool, such as `tool find` (see `toolParameter`);
 * - a combination of fields, such as `logprobs with tools` (see `combination`);
 * - a message form.
 *
 * All these names are stored on disk (see `UnsupportedParameterMemory`), so they must not change. Every message form has
 * a space in its name, which no field name has; the one exception is `reasoning_content`.
 */
export type MessageForm =
  | typeof arrayContent
  | typeof unreadablePictures
  | typeof systemRole
  | typeof reasoningContent
  | typeof missingReasoning
  | typeof roleOrder
  | typeof toolMessages
  | typeof nullContent
  | typeof channelMarks
  | typeof callSignatures
  | typeof missingSignature
  | typeof reasoningDetails;

/** A message whose content is an array of parts. Messages with pictures need this form. */
export const arrayContent = 'array content';
/** Pictures in earlier messages, when the gateway cannot read one of them. Never stored: it depends on the picture, not on the model. */
export const unreadablePictures = 'unreadable pictures';
/** A message with the role `system`. */
export const systemRole = 'system role';
/** An earlier answer that has the field `reasoning_content`. */
export const reasoningContent = 'reasoning_content';
/** An earlier answer that does not have the field `reasoning_content`. */
export const missingReasoning = 'missing reasoning_content';
/** Two neighbouring messages with the same role, a first message that is not from the user, or a last one that is not. */
export const roleOrder = 'role order';
/** Tool calls and tool results in earlier messages. */
export const toolMessages = 'tool messages';
/** A message with tool calls and the content `null`. */
export const nullContent = 'null content';
/** The special tokens of gpt-oss, such as `<|channel|>`, in the text of a message. */
export const channelMarks = 'channel marks';

/** Fields of tool calls with a signature of the model's reasoning, such as Gemini's `extra_content`. */
export const callSignatures = 'call signatures';
/** An answer with tool calls of which the first has no signature: it may come from another model, or its gateway sent none. */
export const missingSignature = 'missing signature';
/** An earlier answer that has the field `reasoning_details`. */
export const reasoningDetails = 'reasoning details';

/** The name of one tool as an unsupported parameter: `tool find`. */
export function toolParameter(name: string): string {
  return `tool ${name}`;
}

/** Unsupported parameters without which a request says the same in another way. */
const asMuch: ReadonlySet<string> = new Set([
  missingReasoning,
  roleOrder,
  nullContent,
  channelMarks,
  callSignatures,
  missingSignature,
  reasoningDetails,
  'kept reasoning',
  'reasoning summary',
  'thinking budget',
  'adaptive thinking',
]);

/**
 * True if the model receives less when this unsupported parameter is removed, so that the user should be told. False for
 * the message forms that say the same in another way.
 */
export function removesContent(parameter: string): boolean {
  return !asMuch.has(parameter) && !parameter.startsWith('max_tokens above ');
}
