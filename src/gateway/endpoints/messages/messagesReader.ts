import type { KeptReasoning, ReasoningItem } from '../../../shared/answer/keptReasoning';
import type { Usage } from '../../../shared/answer/usage';
import {
  asArray,
  asCount,
  asName,
  asObject,
  asText,
  plainText,
  type ReplyObject,
} from '../../json/replyObject';
import { describeError } from '../../failures/describeError';
import { findReplyError } from '../../failures/findReplyError';
import { readChunk, type Chunk, type ChunkChoice } from '../../reply/chunk';
import { choiceWith, chunkOf, chunkWith, workingChunk } from '../../reply/chunkWith';
import type { ReplyFormat } from '../../reply/replyFormat';
import { CallIndexes } from '../callIndexes';
import { ReasoningText } from '../reasoningText';

/** The finish reasons of Chat Completions for Anthropic's stop reasons. Other reasons are not changed. */
const finishReasons: Readonly<Record<string, string | undefined>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  tool_use: 'tool_calls',
};

/** Reasoning with its signature, which both come in deltas. */
interface Thinking {
  readonly afterText: boolean;
  readonly afterCalls: number;
  thinking: string;
  signature: string;
}

/** Reads a stream of Anthropic's Messages API ("Streaming Messages") or a whole message. */
export class MessagesReader implements ReplyFormat {
  private readonly calls = new CallIndexes();
  private readonly reasoning = new ReasoningText();
  private hasText = false;
  private readonly kept: (ReasoningItem | Thinking)[] = [];
  /** The reasoning that each open block holds, by the index of the block. */
  private readonly thinking = new Map<unknown, Thinking>();
  /** The input of calls that came whole at the start of their block. It counts if no delta follows. By the index of the block. */
  private readonly inputs = new Map<unknown, ReplyObject>();
  private usage: Usage = {};

  read(value: unknown): Chunk {
    const event = unwrap(asObject(value));
    // A gateway may answer in the format of Chat Completions, whatever endpoint it is asked at.
    if (event === undefined || event.choices !== undefined) return readChunk(value);
    switch (event.type) {
      case 'message':
        return Array.isArray(event.content) ? this.wholeMessage(event) : readChunk(value);
      case 'message_start': {
        const { model, usage } = asObject(event.message) ?? {};
        return chunkWith({ model: asName(model), usage: this.addUsage(usage) });
      }
      case 'content_block_start':
        return this.blockBegins(asObject(event.content_block) ?? {}, event.index);
      case 'content_block_delta':
        return this.blockDelta(asObject(event.delta) ?? {}, event.index);
      case 'content_block_stop':
        return this.blockEnds(event.index);
      case 'message_delta':
        return chunkWith({
          usage: this.addUsage(event.usage),
          choices: finishOf(asObject(event.delta)?.stop_reason),
        });
      case 'message_stop':
        return chunkWith({ isOver: true });
      case 'ping':
        return chunkWith({});
      case 'error':
        return chunkWith({ error: findReplyError(event) ?? describeError(event) });
      default:
        return this.unknownEvent(event, value);
    }
  }

  keptReasoning(): KeptReasoning | undefined {
    if (this.calls.isEmpty) return undefined;
    const items = this.kept.map((item): ReasoningItem =>
      'type' in item ? item : { ...item, type: 'thinking' },
    );
    const isWhole =
      items.length > 0 && items.every((item) => item.type !== 'thinking' || item.signature !== '');
    return isWhole ? items : undefined;
  }

  private unknownEvent(event: ReplyObject, value: unknown): Chunk {
    const chunk = readChunk(value);
    const isNew = typeof event.type === 'string' && !chunk.isChat && chunk.error === undefined;
    return isNew ? workingChunk : chunk;
  }

  private wholeMessage({ content, model, usage, stop_reason: reason }: ReplyObject): Chunk {
    const choices = asArray(content).flatMap((block, index) => [
      ...this.blockBegins(asObject(block) ?? {}, index).choices,
      ...this.blockEnds(index).choices,
    ]);
    return chunkWith({
      isOver: true,
      model: asName(model),
      usage: this.addUsage(usage),
      choices: [...choices, ...finishOf(reason)],
    });
  }

  private blockBegins(block: ReplyObject, index: unknown): Chunk {
    switch (block.type) {
      case 'text':
        return chunkOf([...this.text(plainText(block.text)), ...cited(block.citations)]);
      case 'thinking': {
        this.reasoning.breakHere();
        const item = { ...this.here(), thinking: '', signature: plainText(block.signature) };
        this.kept.push(item);
        this.thinking.set(index, item);
        return chunkOf(this.thought(plainText(block.thinking), index));
      }
      case 'redacted_thinking':
        this.kept.push({ ...this.here(), type: 'redacted_thinking', data: plainText(block.data) });
        return workingChunk;
      case 'tool_use':
        return this.callBegins(block, index);
      case 'web_search_tool_result':
        return readChunk({ choices: [{ delta: { search_results: block.content } }] });
      default:
        return workingChunk;
    }
  }

  private callBegins({ id, name, input }: ReplyObject, index: unknown): Chunk {
    this.reasoning.interrupt();
    const place = this.calls.begin([`block ${String(index)} ${plainText(id)}`], blockKey(index));
    const given = asObject(input);
    // Usually an empty object, which deltas then replace.
    if (given !== undefined && Object.keys(given).length > 0) this.inputs.set(index, given);
    else this.inputs.delete(index);
    return chunkOf([
      choiceWith({
        toolCalls: [{ index: place, id: asText(id), name: plainText(name), arguments: '', isWhole: false }],
      }),
    ]);
  }

  private blockDelta(delta: ReplyObject, index: unknown): Chunk {
    switch (delta.type) {
      case 'text_delta':
        return chunkOf(this.text(plainText(delta.text)));
      case 'thinking_delta':
        return chunkOf(this.thought(plainText(delta.thinking), index));
      case 'signature_delta': {
        const item = this.thinking.get(index);
        if (item !== undefined) item.signature += plainText(delta.signature);
        return workingChunk;
      }
      case 'input_json_delta': {
        const text = plainText(delta.partial_json);
        if (text !== '') this.inputs.delete(index);
        const call = { index: this.calls.find([blockKey(index)]), id: undefined, name: '' };
        return chunkOf([choiceWith({ toolCalls: [{ ...call, arguments: text, isWhole: false }] })]);
      }
      case 'citations_delta':
        return chunkOf(cited([delta.citation]));
      default:
        return workingChunk;
    }
  }

  private blockEnds(index: unknown): Chunk {
    const input = this.inputs.get(index);
    if (input === undefined) return chunkWith({});
    this.inputs.delete(index);
    const place = this.calls.find([blockKey(index)]);
    return readChunk({
      choices: [{ delta: { tool_calls: [{ index: place, function: { arguments: input } }] } }],
    });
  }

  private text(text: string): readonly ChunkChoice[] {
    if (text === '') return [];
    this.hasText ||= text.trim() !== '';
    this.reasoning.interrupt();
    return [choiceWith({ text })];
  }

  private thought(delta: string, index: unknown): readonly ChunkChoice[] {
    const item = this.thinking.get(index);
    if (item !== undefined) item.thinking += delta;
    const reasoning = this.reasoning.add(delta);
    return reasoning === '' ? [] : [choiceWith({ reasoning })];
  }

  private here(): { readonly afterText: boolean; readonly afterCalls: number } {
    return { afterText: this.hasText, afterCalls: this.calls.count };
  }

  /** Adds the counts of one event to those before. Some gateways count the prompt in the first event, others in the last. */
  private addUsage(value: unknown): Usage | undefined {
    const usage = asObject(value);
    if (usage === undefined) return undefined;
    const cached = asCount(usage.cache_read_input_tokens);
    const written = asCount(usage.cache_creation_input_tokens) ?? 0;
    const input = asCount(usage.input_tokens);
    // `input_tokens` does not include the tokens of the cache.
    const prompt = input === undefined ? undefined : input + (cached ?? 0) + written;
    const answer = asCount(usage.output_tokens);
    const { promptTokens = 0, cachedTokens = 0 } = this.usage;
    this.usage = {
      ...this.usage,
      ...(prompt !== undefined && prompt >= promptTokens && { promptTokens: prompt }),
      ...(cached !== undefined && cached >= cachedTokens && { cachedTokens: cached }),
      ...(answer !== undefined && { completionTokens: answer }),
    };
    return Object.values(this.usage).some((count) => count !== 0) ? this.usage : undefined;
  }
}

/** `{code: 200, data: {…}}` → `{…}`. */
function unwrap(value: ReplyObject | undefined): ReplyObject | undefined {
  const inner = value?.type === undefined ? asObject(value?.data) : undefined;
  return inner?.type === 'message' ? inner : value;
}

function blockKey(index: unknown): string {
  return `block ${String(index)}`;
}

function finishOf(reason: unknown): readonly ChunkChoice[] {
  const told = asName(reason);
  return told === undefined ? [] : [choiceWith({ finishReason: finishReasons[told] ?? told })];
}

function cited(citations: unknown): readonly ChunkChoice[] {
  return asArray(citations).length === 0 ? [] : readChunk({ choices: [{ delta: { citations } }] }).choices;
}
