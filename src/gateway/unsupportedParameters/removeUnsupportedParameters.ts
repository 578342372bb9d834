import { rewriteMessages, messageFormsOf, messagesOf } from './rewriteMessages';
import { toolParameter } from './messageForm';
import { asArray, asObject } from '../json/replyObject';

/** A request's body, as an object. */
export type RequestBody = Readonly<Record<string, unknown>> & {
  readonly messages?: unknown;
  readonly stream?: unknown;
  readonly tools?: unknown;
};

/** Fields that every request needs. */
const essential: ReadonlySet<string> = new Set(['model', 'messages']);

/** The older and the newer name of the token limit: each leads to the other. */
const otherTokenLimit: Readonly<Record<string, string | undefined>> = {
  max_tokens: 'max_completion_tokens',
  max_completion_tokens: 'max_tokens',
};

/** Fields that have no meaning without another field, by that other field. */
const dependents: Readonly<Record<string, readonly string[] | undefined>> = {
  stream: ['stream_options'],
  logprobs: ['top_logprobs'],
  tools: ['tool_choice', 'parallel_tool_calls'],
};

/**
 * If a gateway does not support two fields together, the one that comes first in this list is removed. A field that is not
 * in the list has the rank of ''.
 */
const leastImportantFirst = [
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
 * Everything that could be removed from a request: the names of its fields, each of its tools, and the message forms that
 * it uses (see `MessageForm`).
 */
export function parametersOf(body: RequestBody): ReadonlySet<string> {
  const fields = Object.keys(body).filter((field) => !essential.has(field) && body[field] !== false);
  return new Set([...fields, ...toolNames(body).map(toolParameter), ...messageFormsOf(messagesOf(body))]);
}

/** True if `field` has no meaning without `other`, as `stream_options` without `stream`. */
export function dependsOn(field: string, other: string): boolean {
  return dependents[other]?.includes(field) === true;
}

/**
 * The name of a combination of fields that a gateway does not support together. `logprobs with tools` means: remove
 * `logprobs` from a request that also has `tools`.
 */
export function combination(fields: readonly string[]): string {
  const rankOf = (field: string): number => {
    const rank = leastImportantFirst.indexOf(field);
    return rank === -1 ? leastImportantFirst.indexOf('') : rank;
  };
  const [first = '', ...others] = fields
    .filter((field) => !fields.some((other) => dependsOn(field, other)))
    .toSorted((left, right) => rankOf(left) - rankOf(right));
  return `${first} with ${others.join(' and ')}`;
}

/**
 * Returns a copy of the request without these unsupported parameters. The token limit is first renamed to its other name
 * (see `otherTokenLimit`); it is removed only if both names are unsupported.
 *
 * @param reasoning The reasoning of each message of the body, at the same index; '' for none. Some gateways require it.
 */
export function removeUnsupportedParameters(
  body: RequestBody,
  unsupported: ReadonlySet<string>,
  reasoning: readonly string[] = [],
): RequestBody {
  const rest: Record<string, unknown> & { stream?: unknown; messages?: unknown; tools?: unknown } = {
    ...body,
  };
  removeTools(body, rest, unsupported);
  for (const parameter of unsupported) {
    const field = fieldToRemove(rest, parameter);
    if (field === undefined) continue;
    const other = otherTokenLimit[field];
    if (other !== undefined && body[field] !== undefined && !unsupported.has(other)) {
      rest[other] = body[other] ?? body[field];
    }
    if (field === 'stream') rest.stream = false;
    else Reflect.deleteProperty(rest, field);
    for (const dependent of dependents[field] ?? []) Reflect.deleteProperty(rest, dependent);
  }
  const before = messagesOf(body);
  const messages = rewriteMessages(before, unsupported, reasoning);
  if (messages !== before) rest.messages = messages;
  return rest;
}

/** The field that this unsupported parameter removes. Undefined if the body does not have it, or has only a part of a combination. */
function fieldToRemove(body: RequestBody, parameter: string): string | undefined {
  const [field = parameter, others] = parameter.split(' with ');
  if (essential.has(field) || !isSent(body, field)) return undefined;
  return others === undefined || others.split(' and ').every((other) => isSent(body, other))
    ? field
    : undefined;
}

function isSent(body: RequestBody, field: string): boolean {
  return field in body && (field !== 'stream' || body.stream !== false);
}

function removeTools(
  body: RequestBody,
  rest: Record<string, unknown> & { tools?: unknown },
  unsupported: ReadonlySet<string>,
): void {
  if (!toolNames(body).some((name) => unsupported.has(toolParameter(name)))) return;
  rest.tools = asArray(body.tools).filter((tool) => !unsupported.has(toolParameter(toolNameOf(tool))));
  if (asArray(rest.tools).length > 0) return;
  for (const field of ['tools', ...(dependents['tools'] ?? [])]) Reflect.deleteProperty(rest, field);
}

function toolNames({ tools }: RequestBody): readonly string[] {
  return asArray(tools)
    .map(toolNameOf)
    .filter((name) => name !== '');
}

/** The name of an element of `tools`; '' if it has none. */
export function toolNameOf(tool: unknown): string {
  const name = asObject(asObject(tool)?.function)?.name;
  return typeof name === 'string' ? name : '';
}
