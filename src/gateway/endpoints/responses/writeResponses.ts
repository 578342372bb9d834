import type { KeptReasoning, ReasoningItem } from '../../../shared/answer/keptReasoning';
import { asObject } from '../../json/replyObject';
import type { RequestBody } from '../../unsupportedParameters/removeUnsupportedParameters';
import {
  demandedFunction,
  functionsOf,
  startOfToolLoop,
  turnsOf,
  type ChatTurn,
  type ContentPiece,
} from '../chatTurns';
import type { WritingFacts } from '../endpointFormat';
import { withoutFields } from '../withoutFields';
import { keptReasoningForm } from '../isKeptReasoningRefused';

type Item = Readonly<Record<string, unknown>>;

/** The fields of Chat Completions that are translated, or that Responses do without. */
const translatedFields = [
  'messages',
  'stream_options',
  'return_progress',
  'max_tokens',
  'max_completion_tokens',
  'reasoning_effort',
  'response_format',
  'logprobs',
  'tools',
  'tool_choice',
] as const;

type TranslatedField = (typeof translatedFields)[number];

/** An unsupported parameter: the request for a summary of the reasoning. Some accounts may not ask for it. */
export const reasoningSummary = 'reasoning summary';

/**
 * Translates a request from Chat Completions to OpenAI's Responses ("Create a model response"). The provider is told not to store the
 * chat. Fields that only Chat Completions has are passed on if the user set them, so that the gateway and not Parley decides about
 * them.
 */
export function writeResponses(body: RequestBody, facts: WritingFacts): RequestBody {
  const {
    max_tokens: maxTokens,
    max_completion_tokens: maxCompletionTokens,
    reasoning_effort: effort,
    response_format: format,
    logprobs,
    tool_choice: choice,
  }: Readonly<Partial<Record<TranslatedField, unknown>>> = body;
  const { system, turns } = turnsOf(body);
  const { unsupported } = facts;
  const limit = maxCompletionTokens ?? maxTokens;
  const name = demandedFunction(choice);
  const tools = functionsOf(body).map((tool) => ({
    type: 'function',
    ...tool,
    // The endpoint would otherwise demand schemas without optional fields.
    strict: tool['strict'] ?? false,
  }));
  const include = [
    ...(logprobs === true ? ['message.output_text.logprobs'] : []),
    ...(tools.length > 0 ? ['reasoning.encrypted_content'] : []),
  ];
  const kept = unsupported.has(keptReasoningForm) ? new Map<string, KeptReasoning>() : facts.keptReasoning;
  const written: Record<string, unknown> = {
    store: false,
    ...(include.length > 0 && { include }),
    ...withoutFields(body, translatedFields),
    ...(system !== '' && { instructions: system }),
    input: writeTurns(turns, kept),
    ...(limit !== undefined && { max_output_tokens: limit }),
    ...(effort !== undefined && {
      reasoning: {
        effort,
        ...(!unsupported.has(reasoningSummary) && effort !== 'none' && { summary: 'auto' }),
      },
    }),
    ...(format !== undefined && { text: { format: formatOf(format) } }),
    ...(tools.length > 0 && { tools }),
    ...(choice !== undefined && { tool_choice: name === undefined ? choice : { type: 'function', name } }),
  };
  for (const field of ['store', 'include'])
    if (unsupported.has(field)) Reflect.deleteProperty(written, field);
  return written;
}

/** Chat Completions: `{type: "json_schema", json_schema: {name, schema, strict}}`. Responses: the same in one object. */
function formatOf(format: unknown): unknown {
  const { json_schema: schema, ...rest } = (asObject(format) ?? {}) as Readonly<Record<string, unknown>>;
  return asObject(schema) === undefined ? format : { ...rest, ...asObject(schema) };
}

function writeTurns(turns: readonly ChatTurn[], kept: ReadonlyMap<string, KeptReasoning>): readonly Item[] {
  const loop = startOfToolLoop(turns);
  return turns.flatMap((turn, at): readonly Item[] => {
    switch (turn.role) {
      case 'user':
        return [{ role: 'user', content: contentOf(turn.content) }];
      case 'tool':
        return [{ type: 'function_call_output', call_id: turn.callId, output: turn.text }];
      case 'assistant':
        return answerItems(turn, at >= loop ? (kept.get(turn.calls[0]?.id ?? '') ?? []) : []);
    }
  });
}

/**
 * The items of an answer. Calls have no item id: with one, the endpoint would demand the reasoning before them from what it has
 * stored.
 */
function answerItems(
  { text, calls }: Extract<ChatTurn, { role: 'assistant' }>,
  kept: KeptReasoning,
): readonly Item[] {
  const reasoningAt = (count: number, afterText: boolean): readonly Item[] =>
    kept.flatMap((item) =>
      item.type === 'reasoning' && item.afterCalls === count && (count > 0 || item.afterText === afterText)
        ? [reasoningItem(item)]
        : [],
    );
  return [
    ...reasoningAt(0, false),
    ...(text.trim() === '' ? [] : [{ role: 'assistant', content: text }]),
    ...reasoningAt(0, true),
    ...calls.flatMap(({ id, name, arguments: given }, index) => [
      { type: 'function_call', call_id: id, name, arguments: given },
      ...reasoningAt(index + 1, true),
    ]),
  ];
}

function reasoningItem({ id, summary, encrypted }: Extract<ReasoningItem, { type: 'reasoning' }>): Item {
  return {
    type: 'reasoning',
    ...(id !== '' && { id }),
    summary: summary.map((text) => ({ type: 'summary_text', text })),
    encrypted_content: encrypted,
  };
}

/** A string if there is only text, because some servers refuse arrays. */
function contentOf(content: readonly ContentPiece[]): unknown {
  const [first] = content;
  if (content.length === 1 && first?.kind === 'text') return first.text;
  return content.map((piece) =>
    piece.kind === 'text'
      ? { type: 'input_text', text: piece.text }
      : { type: 'input_image', image_url: piece.url, detail: 'auto' },
  );
}
