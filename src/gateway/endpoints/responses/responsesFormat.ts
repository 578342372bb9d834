import type { EndpointFormat } from '../endpointFormat';
import { isKeptReasoningRefused, keptReasoningForm } from '../isKeptReasoningRefused';
import { ResponsesReader } from './responsesReader';
import { reasoningSummary, writeResponses } from './writeResponses';

interface ResponsesFields {
  readonly reasoning?: unknown;
  readonly include?: unknown;
  readonly store?: unknown;
  readonly text?: unknown;
}

/** How much of an error is read, in characters. */
const longest = 4_000;

const summaryRefused = /reasoning.{0,3}summar|summar.{0,60}(?:not supported|verified)/i;

const storeRefused =
  /(?:unsupported|unknown|not supported|not permitted|unexpected)[^.]{0,40}['"`]store\b|\bstore\b['"`]?:? (?:is not|extra inputs|must be)/i;

// The names of fields in other fields: `reasoning.effort`, `text.format`.
const effortRefused =
  /(?:unsupported|unknown|not supported)[^.]{0,40}\breasoning\.effort\b|\breasoning\.effort\b.{0,20}(?:unsupported|not supported|does not support)/i;
const formatRefused =
  /(?:unsupported|unknown|not supported)[^.]{0,40}\btext\.format\b|\btext\.format\b.{0,20}(?:unsupported|not supported|does not support)/i;

/** OpenAI's Responses API, `POST /responses`. */
export const responsesFormat: EndpointFormat = {
  endpoint: 'responses',
  write: writeResponses,
  chatNames: {
    max_output_tokens: 'max_tokens',
    reasoning: 'reasoning_effort',
    text: 'response_format',
    instructions: undefined,
    input: undefined,
  },
  findRefusal(words, sent) {
    const { reasoning, include, store, text } = sent as ResponsesFields;
    const start = words.slice(0, longest);
    if (reasoning !== undefined && summaryRefused.test(start)) return reasoningSummary;
    if (include !== undefined && /encrypted[_ ]content is not supported/i.test(start)) return 'include';
    if (store !== undefined && storeRefused.test(start)) return 'store';
    if (reasoning !== undefined && effortRefused.test(start)) return 'reasoning_effort';
    if (text !== undefined && formatRefused.test(start)) return 'response_format';
    return isKeptReasoningRefused(words) ? keptReasoningForm : undefined;
  },
  newReader: () => new ResponsesReader(),
};
