import { asArray, asObject } from '../json/replyObject';

/** A message of a request, or a tool call in it. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * Google's word for calls that have no signature, because they come from another model or because a gateway lost it ("Thought
 * signatures"). Its endpoint then checks nothing.
 */
const noSignature = { extra_content: { google: { thought_signature: 'skip_thought_signature_validator' } } };

const usualOfCall: ReadonlySet<string> = new Set(['id', 'type', 'function', 'index']);
const usualOfFunction: ReadonlySet<string> = new Set(['name', 'arguments']);

/** True if a call of the message has more fields than a call needs, which are its signature. */
export function isSigned(message: Fields): boolean {
  return callsOf(message).some(hasMore);
}

/** True if the message has calls of which the first has no signature. A model signs the first call of an answer, or all. */
export function lacksSignature(message: Fields): boolean {
  const [first] = callsOf(message);
  return first !== undefined && !hasMore(first);
}

/** The message with nothing in its calls but what a call needs. */
export function withoutSignatures<Message extends Fields>(message: Message): Message {
  if (!isSigned(message)) return message;
  const calls = callsOf(message).map((call) => {
    const given = asObject(call['function']);
    return {
      ...only(call, usualOfCall),
      ...(given !== undefined && { function: only(given, usualOfFunction) }),
    };
  });
  return { ...message, tool_calls: calls };
}

/** The message with a word instead of the signature that it lacks. */
export function withNoSignature<Message extends Fields>(message: Message): Message {
  if (!lacksSignature(message)) return message;
  const [first, ...others] = callsOf(message);
  return { ...message, tool_calls: [{ ...first, ...noSignature }, ...others] };
}

function callsOf(message: Fields): readonly Fields[] {
  return asArray(message['tool_calls']).flatMap((call) => asObject(call) ?? []);
}

function hasMore(call: Fields): boolean {
  const given: Fields = asObject(call['function']) ?? {};
  return (
    Object.keys(call).some((name) => !usualOfCall.has(name)) ||
    Object.keys(given).some((name) => !usualOfFunction.has(name))
  );
}

function only(fields: Fields, names: ReadonlySet<string>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name)));
}
