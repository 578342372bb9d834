import {
  chooseEffortForm,
  effortFields,
  effortFormsFor,
  refusedLevel,
  type EffortField,
} from '../../core/models/effortForms';
import { asText } from '../json/replyObject';
import type { RequestBody } from './removeUnsupportedParameters';

/** The field in which the user's choice comes, before it is written in the form of the gateway. */
export const effortField = 'reasoning_effort';

/** Where a request goes, which decides about the form. */
interface EffortFacts {
  readonly hostname: string;
  readonly gatewayId: string;
  readonly modelId: string;
  /** What the model does not support: see `UnsupportedParameterMemory`. */
  readonly unsupported: ReadonlySet<string>;
}

/** A request, and how it asks for thinking. */
interface WrittenEffort {
  readonly body: RequestBody;
  /** The fields that ask for thinking; undefined if the request has none, or only those that the user wrote. */
  readonly sent: Readonly<Record<string, unknown>> | undefined;
}

/** The level of thinking that a request asks for, in lower case; undefined for none. */
export function effortLevel(body: RequestBody): string | undefined {
  const level = asText(body[effortField])?.trim().toLowerCase();
  return level === '' ? undefined : level;
}

/**
 * Writes the thinking effort of a request in the form that its gateway and model take. A field that the user set in another way
 * keeps its value.
 *
 * @param original The request with `reasoning_effort`.
 * @param body The same request without its unsupported parameters.
 */
export function writeEffort(original: RequestBody, body: RequestBody, facts: EffortFacts): WrittenEffort {
  const level = effortLevel(original);
  if (level === undefined) return { body, sent: undefined };
  const { hostname, gatewayId, modelId, unsupported } = facts;
  const form = chooseEffortForm(effortFormsFor(hostname, gatewayId, modelId), level, unsupported);
  const { [effortField]: left, ...rest } = body;
  if (form === undefined) return { body: rest, sent: undefined };
  // Refused together with another field, such as `tools`, but not alone.
  if (left === undefined && form.field === effortField) return { body: rest, sent: undefined };
  const written =
    form.field === effortField
      ? { [effortField]: original[effortField] }
      : form.write(level, (field) => unsupported.has(field));
  const sent = Object.fromEntries(Object.entries(written).filter(([field]) => !(field in rest)));
  return { body: { ...rest, ...sent }, sent };
}

/** How much of an error is read, in characters. */
const longest = 4_000;

/** Says that a value is wrong, and not its field. */
const aboutValue =
  /supported values|(?:possible|valid|allowed|accepted) (?:values|options)|must be one of|should be one of|expected one of|(?:invalid|unsupported) value|does not support ['"`]|可选值|取值|枚举/i;

/**
 * Finds a level of thinking that an error refuses, but not the form: "'reasoning_effort' does not support 'none' with this model".
 * Undefined if the error is about something else.
 *
 * @param sent The request that was refused.
 */
export function findRefusedLevel(
  words: string,
  sent: RequestBody,
  level: string | undefined,
): string | undefined {
  const text = words.slice(0, longest);
  if (level === undefined || !aboutValue.test(text)) return undefined;
  const field = effortFields.find((one) => one in sent && text.includes(one));
  return field === undefined || !text.toLowerCase().includes(level) ? undefined : refusedLevel(field, level);
}

/** The field that an error refuses by the name of a field in it: `reasoning.effort`, `thinking.type`, `budget_tokens`. */
export function findRefusedEffortField(words: string, sent: RequestBody): EffortField | undefined {
  const text = words.slice(0, longest);
  const inner = /\b(?:reasoning\.effort|thinking\.type|thinking_config|chat_template_kwargs\.\w{1,40})\b/i;
  if (
    !inner.test(text) ||
    !/unsupported|unknown|unrecogni|not (?:supported|permitted|allowed)|不支持/i.test(text)
  )
    return undefined;
  return effortFields.find(
    (one) => one in sent && text.includes(one === 'extra_body' ? 'thinking_config' : one),
  );
}
