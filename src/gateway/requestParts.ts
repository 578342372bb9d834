import { asArray, asObject } from './replyObject';

/** A request's body, as an object. */
export type RequestBody = Readonly<Record<string, unknown>> & {
  readonly messages?: unknown;
  readonly stream?: unknown;
};

/** A message whose content is an array of parts. */
export const arrayContent = 'array content';

/** A message with the role `system`. */
export const systemRole = 'system role';

/** What belongs to the question itself: no answer can be had without. */
const essential: ReadonlySet<string> = new Set(['model', 'messages']);

/** The same limit by its older and its newer name. */
export const otherLimit: Readonly<Record<string, string | undefined>> = {
  max_tokens: 'max_completion_tokens',
  max_completion_tokens: 'max_tokens',
};

/** Parts that mean nothing without another one. */
const dependents: Readonly<Record<string, readonly string[] | undefined>> = {
  stream: ['stream_options'],
  logprobs: ['top_logprobs'],
  tools: ['tool_choice', 'parallel_tool_calls'],
};

/**
 * The parts of a request that it could be sent without: its fields by their names, and the two
 * manners of writing messages, `array content` and `system role`.
 */
export function partsOf(body: RequestBody): ReadonlySet<string> {
  const parts = new Set(Object.keys(body).filter((field) => !essential.has(field) && body[field] !== false));
  const messages = messagesOf(body);
  if (messages.some((message) => message.role === 'system')) parts.add(systemRole);
  const asked = lastQuestion(messages);
  if (messages.some((message) => isArray(message) && !(message === asked && hasPicture(message)))) {
    parts.add(arrayContent);
  }
  return parts;
}

/**
 * The request without these parts. A token limit takes its other name before it goes; system messages
 * go to the head of the first question; of array content the text stays. A picture in the last
 * question stays too: an answer that did not see it would be a wrong answer.
 */
export function adaptRequest(body: RequestBody, parts: ReadonlySet<string>): RequestBody {
  const adapted: Record<string, unknown> & { stream?: unknown; messages?: unknown } = { ...body };
  for (const part of parts) {
    const other = otherLimit[part];
    if (other !== undefined && body[part] !== undefined && !parts.has(other)) {
      adapted[other] = body[other] ?? body[part];
    }
    if (essential.has(part) || !(part in body)) continue;
    if (part === 'stream') adapted.stream = false;
    else Reflect.deleteProperty(adapted, part);
    for (const dependent of dependents[part] ?? []) Reflect.deleteProperty(adapted, dependent);
  }
  let messages = messagesOf(body);
  if (parts.has(arrayContent)) messages = flattened(messages);
  if (parts.has(systemRole)) messages = withoutSystem(messages);
  if (messages !== body.messages && Array.isArray(body.messages)) adapted.messages = messages;
  return adapted;
}

type Message = Readonly<Record<string, unknown>> & { readonly role?: unknown; readonly content?: unknown };

/** Every message is an object: ours are, and what `extraBody` may have put there instead is left alone. */
function messagesOf(body: RequestBody): readonly Message[] {
  const messages = asArray(body.messages);
  return messages.every((message) => asObject(message) !== undefined) ? (messages as readonly Message[]) : [];
}

function isArray(message: Message): boolean {
  return Array.isArray(message.content);
}

function hasPicture(message: Message): boolean {
  return asArray(message.content).some((part) => asObject(part)?.type !== 'text');
}

function lastQuestion(messages: readonly Message[]): Message | undefined {
  return messages.findLast((message) => message.role === 'user');
}

function flattened(messages: readonly Message[]): readonly Message[] {
  const asked = lastQuestion(messages);
  return messages.map((message) =>
    !isArray(message) || (message === asked && hasPicture(message))
      ? message
      : { ...message, content: textOf(message.content) },
  );
}

function withoutSystem(messages: readonly Message[]): readonly Message[] {
  const instructions = messages
    .filter((message) => message.role === 'system')
    .map((message) => textOf(message.content))
    .join('\n\n');
  if (instructions === '') return messages.filter((message) => message.role !== 'system');
  const rest = messages.filter((message) => message.role !== 'system');
  const first = rest.findIndex((message) => message.role === 'user');
  const question = rest[first];
  if (question === undefined) return [{ role: 'user', content: instructions }, ...rest];
  const content = isArray(question)
    ? [{ type: 'text', text: instructions }, ...asArray(question.content)]
    : `${instructions}\n\n${textOf(question.content)}`;
  return rest.with(first, { ...question, content });
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return asArray(content)
    .map((part) => {
      const text = asObject(part)?.text;
      return typeof text === 'string' ? text : '';
    })
    .filter((text) => text !== '')
    .join('\n');
}
