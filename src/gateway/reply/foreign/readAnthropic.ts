import { asArray, asCount, asObject, asText, type ReplyObject } from '../../json/replyObject';
import { deltaChunk, notOver, type TranslatedChunk } from './translatedChunk';

/** The finish reasons of Chat Completions for Anthropic's stop reasons. Other reasons are not changed. */
const finishReasons: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

/**
 * Translates an event or a whole message of Anthropic's Messages API ("Streaming Messages") into a chunk of Chat Completions.
 * Undefined if the value is something else.
 */
export function readAnthropic(value: ReplyObject, type: string): TranslatedChunk | undefined {
  switch (type) {
    case 'message':
      return Array.isArray(value.content) ? { isOver: true, reply: readMessage(value) } : undefined;
    case 'message_start': {
      const { model, usage } = asObject(value.message) ?? {};
      return notOver({ model, usage: usageOf(usage), choices: [] });
    }
    case 'content_block_start':
      return notOver(deltaChunk(blockOf(asObject(value.content_block) ?? {}, value.index, true)));
    case 'content_block_delta':
      return notOver(deltaChunk(deltaOf(asObject(value.delta) ?? {}, value.index)));
    case 'content_block_stop':
      return notOver({ choices: [] });
    case 'message_delta': {
      const reason = finishReasonOf(asObject(value.delta)?.stop_reason);
      return notOver({
        choices: [{ index: 0, delta: {}, finish_reason: reason }],
        usage: usageOf(value.usage),
      });
    }
    case 'message_stop':
      return { isOver: true, reply: { choices: [] } };
    default:
      return undefined;
  }
}

function readMessage({ model, usage, stop_reason: reason, content }: ReplyObject): ReplyObject {
  const blocks = asArray(content).map((block, index) => blockOf(asObject(block) ?? {}, index, false));
  const message = {
    content: blocks.flatMap((block) =>
      typeof block.content === 'string' ? [{ type: 'text', text: block.content }] : [],
    ),
    reasoning_content: blocks.map((block) => asText(block.reasoning_content) ?? '').join(''),
    tool_calls: blocks.flatMap((block) => asArray(block.tool_calls)),
    citations: blocks.flatMap((block) => asArray(block.citations)),
  };
  return {
    model,
    usage: usageOf(usage),
    choices: [{ index: 0, message, finish_reason: finishReasonOf(reason) }],
  };
}

/**
 * Translates a content block.
 *
 * @param index The index of the block, which becomes the index of its tool call.
 * @param streams True if deltas follow: then the input of a tool call is an empty object, which is ignored.
 */
function blockOf(block: ReplyObject, index: unknown, streams: boolean): ReplyObject {
  switch (block.type) {
    case 'text':
      return { content: block.text, ...(block.citations !== undefined && { citations: block.citations }) };
    case 'thinking':
      return { reasoning_content: block.thinking };
    case 'tool_use':
    case 'server_tool_use':
      return block.type === 'tool_use'
        ? {
            tool_calls: [
              { index, id: block.id, function: { name: block.name, arguments: streams ? '' : block.input } },
            ],
          }
        : {};
    case 'web_search_tool_result':
      return { search_results: block.content };
    default:
      return {};
  }
}

function deltaOf(delta: ReplyObject, index: unknown): ReplyObject {
  switch (delta.type) {
    case 'text_delta':
      return { content: delta.text };
    case 'thinking_delta':
      return { reasoning_content: delta.thinking };
    case 'input_json_delta':
      return { tool_calls: [{ index, function: { arguments: delta.partial_json } }] };
    case 'citations_delta':
      return { citations: [delta.citation] };
    default:
      return {};
  }
}

function finishReasonOf(reason: unknown): string | null {
  const told = asText(reason);
  return told === undefined ? null : (finishReasons[told] ?? told);
}

function usageOf(value: unknown): ReplyObject | undefined {
  const usage = asObject(value);
  if (usage === undefined) return undefined;
  const { input_tokens: input, output_tokens: completion, cache_read_input_tokens: cached } = usage;
  const { cache_creation_input_tokens: written } = usage;
  // `input_tokens` does not include the tokens of the cache.
  const cachedTokens = [cached, written].map((count) => asCount(count) ?? 0);
  const prompt = asCount(input);
  return {
    ...(prompt !== undefined && { prompt_tokens: cachedTokens.reduce((sum, count) => sum + count, prompt) }),
    ...(completion !== undefined && { completion_tokens: completion }),
    ...((cached ?? written) !== undefined && {
      prompt_tokens_details: {
        ...(cached !== undefined && { cached_tokens: cached }),
        ...(written !== undefined && { cache_write_tokens: written }),
      },
    }),
  };
}
