import { partsOf } from './readContentMedia';
import { asObject, type ReplyObject } from '../../json/replyObject';

/** How deep arrays and objects are searched for reasoning, in levels. */
const deepest = 6;

/** Fields of an object that may have its text, the most common first. */
const textFields = [
  'text',
  'content',
  'summary',
  'delta',
  'value',
  'thinking',
  'reasoning',
  'thought',
  'parts',
] as const;

/**
 * True for the name of a field with reasoning, in any spelling: `reasoning_content`, `reasoningText`, `thinking`, `thoughts`,
 * `chain_of_thought`. False for fields about the reasoning, such as its signature, its number of tokens or its effort.
 */
function isReasoningField(name: string): boolean {
  const word = name.toLowerCase().replaceAll(/[_\-\s]/g, '');
  return (
    /reasoning|thinking|thought|^think$|^cot$/.test(word) &&
    !/signature|token|effort|time|duration|seconds|second|ms$|budget|enable|encrypt|redact|status|format|level|count|id$|type$|done$/.test(
      word,
    )
  );
}

/** True for a part of `content` that is reasoning: `{type: "thinking"}`, `{type: "reasoning"}`, `{thought: true}`. */
export function isReasoningPart(part: ReplyObject): boolean {
  return part.thought === true || (typeof part.type === 'string' && /think|reason|thought/i.test(part.type));
}

/**
 * The reasoning of a delta or a message; '' for none. If several fields have reasoning, they have the same text, so the first
 * one counts.
 *
 * @param others The unknown fields (see `unknownFields`).
 */
export function reasoningOf(
  content: ReplyObject,
  others: readonly (readonly [name: string, value: unknown])[],
): string {
  const { reasoning_content: usual, reasoning, content: parts } = content;
  return (
    (typeof usual === 'string' ? usual : textIn(usual)) ||
    (typeof reasoning === 'string' ? reasoning : textIn(reasoning)) ||
    textIn(content.reasoning_details) ||
    (others.length === 0 ? '' : reasoningAmong(others)) ||
    (typeof parts === 'object' && parts !== null ? reasoningParts(parts) : '')
  );
}

function reasoningAmong(fields: readonly (readonly [name: string, value: unknown])[]): string {
  for (const [name, value] of fields) {
    const text = isReasoningField(name) ? textIn(value) : '';
    if (text !== '') return text;
  }
  // LiteLLM puts unknown fields into `provider_specific_fields`, other gateways into `extra_content` and similar fields.
  for (const [, value] of fields) {
    const inner = asObject(value);
    if (inner === undefined) continue;
    for (const [name, item] of Object.entries(inner)) {
      const text = isReasoningField(name) ? textIn(item) : '';
      if (text !== '') return text;
    }
  }
  return '';
}

/** Mistral: `content: [{type: "thinking", thinking: [{type: "text", text}]}]`; Databricks: `{type: "reasoning", summary: […]}`. */
function reasoningParts(content: unknown): string {
  let found = '';
  for (const part of partsOf(content)) {
    const object = asObject(part);
    if (object === undefined) continue;
    if (isReasoningPart(object)) found += textIn(object);
    else if (typeof object.text !== 'string') found += reasoningAmong(Object.entries(object));
  }
  return found;
}

/** The text of reasoning in any shape: a string, an array, or an object with one of these. Ignores encrypted reasoning. */
function textIn(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth > deepest) return '';
  if (Array.isArray(value)) return value.map((item: unknown) => textIn(item, depth + 1)).join('');
  const object: ReplyObject = value;
  if (typeof object.type === 'string' && /encrypted|redacted|signature/.test(object.type)) return '';
  for (const name of textFields) {
    const text = textIn(object[name], depth + 1);
    if (text !== '') return text;
  }
  for (const [name, item] of Object.entries(object)) {
    const text = isReasoningField(name) ? textIn(item, depth + 1) : '';
    if (text !== '') return text;
  }
  return '';
}
