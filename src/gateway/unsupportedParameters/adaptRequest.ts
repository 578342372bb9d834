import { adaptMessages, mannersOf, messagesOf } from './adaptMessages';
import { toolPart } from './manners';
import { asArray, asObject } from '../json/replyObject';

export { arrayContent, systemRole } from './manners';

/** A request's body, as an object. */
export type RequestBody = Readonly<Record<string, unknown>> & {
  readonly messages?: unknown;
  readonly stream?: unknown;
  readonly tools?: unknown;
};

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

/** Of two parts that do not go together, which is given up: the earlier of this list, and what is not in it in the middle. */
const leastMissed = [
  'top_logprobs',
  'logprobs',
  'logit_bias',
  'seed',
  'user',
  'n',
  'top_p',
  'top_k',
  'min_p',
  'presence_penalty',
  'frequency_penalty',
  'stop',
  'parallel_tool_calls',
  'tool_choice',
  'temperature',
  '',
  'stream',
  'response_format',
  'max_tokens',
  'max_completion_tokens',
  'tools',
];

/**
 * The parts of a request that it could be sent without: its fields by their names, each of its tools, and the manners of
 * writing messages (see `manners.ts`).
 */
export function partsOf(body: RequestBody): ReadonlySet<string> {
  const fields = Object.keys(body).filter((field) => !essential.has(field) && body[field] !== false);
  return new Set([...fields, ...toolNames(body).map(toolPart), ...mannersOf(messagesOf(body))]);
}

/** True when `part` means nothing without `other`. */
export function dependsOn(part: string, other: string): boolean {
  return dependents[other]?.includes(part) === true;
}

/** The name of a combination: `logprobs with tools` is the field `logprobs` whenever `tools` is sent, too. */
export function combination(parts: readonly string[]): string {
  const rankOf = (part: string): number => {
    const rank = leastMissed.indexOf(part);
    return rank === -1 ? leastMissed.indexOf('') : rank;
  };
  const [first = '', ...others] = parts
    .filter((part) => !parts.some((other) => dependsOn(part, other)))
    .toSorted((left, right) => rankOf(left) - rankOf(right));
  return `${first} with ${others.join(' and ')}`;
}

/**
 * The request without these parts. A token limit takes its other name before it goes.
 *
 * @param reasoning What each message of the body thought, by its place; '' for nothing. For gateways that want it back.
 */
export function adaptRequest(
  body: RequestBody,
  parts: ReadonlySet<string>,
  reasoning: readonly string[] = [],
): RequestBody {
  const adapted: Record<string, unknown> & { stream?: unknown; messages?: unknown; tools?: unknown } = {
    ...body,
  };
  withoutTools(body, adapted, parts);
  for (const part of parts) {
    const field = fieldToLeaveOut(adapted, part);
    if (field === undefined) continue;
    const other = otherLimit[field];
    if (other !== undefined && body[field] !== undefined && !parts.has(other)) {
      adapted[other] = body[other] ?? body[field];
    }
    if (field === 'stream') adapted.stream = false;
    else Reflect.deleteProperty(adapted, field);
    for (const dependent of dependents[field] ?? []) Reflect.deleteProperty(adapted, dependent);
  }
  const before = messagesOf(body);
  const messages = adaptMessages(before, parts, reasoning);
  if (messages !== before) adapted.messages = messages;
  return adapted;
}

/** The field that a part stands for, if the body has it; of a combination only while all of it is there. */
function fieldToLeaveOut(body: RequestBody, part: string): string | undefined {
  const [field = part, others] = part.split(' with ');
  if (essential.has(field) || !isSent(body, field)) return undefined;
  return others === undefined || others.split(' and ').every((other) => isSent(body, other))
    ? field
    : undefined;
}

function isSent(body: RequestBody, field: string): boolean {
  return field in body && (field !== 'stream' || body.stream !== false);
}

function withoutTools(
  body: RequestBody,
  adapted: Record<string, unknown> & { tools?: unknown },
  parts: ReadonlySet<string>,
): void {
  if (!toolNames(body).some((name) => parts.has(toolPart(name)))) return;
  adapted.tools = asArray(body.tools).filter((tool) => !parts.has(toolPart(nameOf(tool))));
  if (asArray(adapted.tools).length > 0) return;
  for (const field of ['tools', ...(dependents['tools'] ?? [])]) Reflect.deleteProperty(adapted, field);
}

function toolNames({ tools }: RequestBody): readonly string[] {
  return asArray(tools)
    .map(nameOf)
    .filter((name) => name !== '');
}

/** The name of a tool as `tools` holds it; '' when it has none. */
export function nameOf(tool: unknown): string {
  const name = asObject(asObject(tool)?.function)?.name;
  return typeof name === 'string' ? name : '';
}
