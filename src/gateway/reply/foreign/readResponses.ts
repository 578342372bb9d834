import { asArray, asObject, asText, type ReplyObject } from '../../json/replyObject';
import { deltaChunk, notOver, type TranslatedChunk } from './translatedChunk';

/**
 * Translates an event of OpenAI's Responses API ("Streaming events") into a chunk of Chat Completions. Undefined if the value is
 * something else.
 */
export function readResponses(value: ReplyObject, type: string): TranslatedChunk | undefined {
  if (!type.startsWith('response.')) return undefined;
  const { delta, item_id: id, output_index: index } = value;
  switch (type) {
    case 'response.output_text.delta':
      return notOver(deltaChunk({ content: delta }));
    case 'response.refusal.delta':
      return notOver(deltaChunk({ refusal: delta }));
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
    case 'response.reasoning.delta':
    case 'response.reasoning_summary.delta':
      return notOver(deltaChunk({ reasoning_content: delta }));
    case 'response.output_text.annotation.added':
      return notOver(deltaChunk({ annotations: [value.annotation] }));
    case 'response.output_item.added':
      return notOver(deltaChunk(callOf(asObject(value.item) ?? {}, index, false)));
    case 'response.function_call_arguments.delta':
      return notOver(
        deltaChunk({
          tool_calls: [{ index, id: index === undefined ? id : undefined, function: { arguments: delta } }],
        }),
      );
    case 'response.completed':
    case 'response.done':
    case 'response.incomplete':
    case 'response.failed':
    case 'response.cancelled':
      return { isOver: true, reply: readResponse(asObject(value.response) ?? {}, type) };
    default:
      return notOver({ choices: [], model: asObject(value.response)?.model });
  }
}

/** Translates the whole response at the end of a stream, which repeats the events before it. */
function readResponse(response: ReplyObject, type: string): ReplyObject {
  const { model, usage, error, status, output } = response;
  const isFailed = type === 'response.failed' || status === 'failed';
  const items = asArray(output).map((item) => asObject(item) ?? {});
  const contents = items.flatMap(({ type: kind, content }) => (kind === 'message' ? asArray(content) : []));
  const message = {
    content: contents.length > 0 ? contents : response.output_text,
    reasoning_content: items
      .filter(({ type: kind }) => kind === 'reasoning')
      .flatMap(({ summary, content }) => [...asArray(summary), ...asArray(content)]),
    tool_calls: items.flatMap((item, index) => asArray(callOf(item, index, true).tool_calls)),
    annotations: contents.flatMap((part) => asArray(asObject(part)?.annotations)),
    images: items.flatMap(({ type: kind, result }) =>
      kind === 'image_generation_call' ? [{ b64_json: result }] : [],
    ),
  };
  return {
    model,
    usage,
    ...(isFailed && { error: error ?? 'failed' }),
    choices: [{ index: 0, message, finish_reason: isFailed ? null : finishReasonOf(response, type) }],
  };
}

function finishReasonOf({ status, incomplete_details: details }: ReplyObject, type: string): string {
  const isWhole = type !== 'response.incomplete' && status !== 'incomplete';
  if (isWhole) return 'stop';
  const reason = asText(asObject(details)?.reason);
  return reason === undefined || reason === 'max_output_tokens' ? 'length' : reason;
}

function callOf(
  { type, call_id: id, name, arguments: given }: ReplyObject,
  index: unknown,
  isWhole: boolean,
): ReplyObject {
  if (type !== 'function_call') return {};
  return { tool_calls: [{ index, id, function: { name, arguments: isWhole ? given : '' } }] };
}
