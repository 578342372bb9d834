import type { KeptReasoning, ReasoningItem } from '../../../shared/answer/keptReasoning';
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
import { readTokens } from '../../reply/fields/readTokens';
import { readUsage } from '../../reply/fields/readUsage';
import type { ReplyFormat } from '../../reply/replyFormat';
import { CallIndexes } from '../callIndexes';
import { ReasoningText } from '../reasoningText';

/** Events that only say that the request was accepted or that the connection is open. */
const signsOfLife: ReadonlySet<string> = new Set([
  'response.created',
  'response.in_progress',
  'response.queued',
  'response.keepalive',
  'response.ping',
  'keepalive',
  'ping',
]);

type Place = Pick<ReasoningItem, 'afterText' | 'afterCalls'>;

/**
 * Reads a stream of OpenAI's Responses API ("Streaming events") or a whole response. Deltas count first; an item that came without
 * deltas is read from the event at its end, or from the response at the end of the stream.
 */
export class ResponsesReader implements ReplyFormat {
  private readonly calls = new CallIndexes();
  private readonly reasoning = new ReasoningText();
  /** The text so far, to recognise a repetition. */
  private text = '';
  /** Ids of the items whose text came in deltas. */
  private readonly written = new Set<string>();
  /** The kind of delta that an item of reasoning uses. Some servers send the reasoning and its summary; the first kind is shown. */
  private readonly reasoningKinds = new Map<string, string>();
  /** Where each item of reasoning began, by its id. */
  private readonly places = new Map<string, Place>();
  /** The items of reasoning by their ids; undefined for one that came without its encrypted form. */
  private readonly kept = new Map<string, ReasoningItem | undefined>();
  /** The reasoning so far, to recognise a repetition. */
  private thoughts = '';

  read(value: unknown): Chunk {
    const event = unwrap(asObject(value));
    // A gateway may answer in the format of Chat Completions, whatever endpoint it is asked at.
    if (event === undefined || event.choices !== undefined) return readChunk(value);
    if (event.object === 'response') return this.readEnd(event, '');
    const type = plainText(event.type);
    if (signsOfLife.has(type)) return chunkWith({ model: asName(asObject(event.response)?.model) });
    if (type === 'error') return chunkWith({ error: findReplyError(event) ?? describeError(event) });
    return type.startsWith('response.') ? this.readEvent(type, event) : readChunk(value);
  }

  keptReasoning(): KeptReasoning | undefined {
    const items = [...this.kept.values()].filter((item) => item !== undefined);
    return this.calls.isEmpty || items.length === 0 || items.length < this.kept.size ? undefined : items;
  }

  private readEvent(type: string, event: ReplyObject): Chunk {
    switch (type) {
      case 'response.output_text.delta':
      case 'response.refusal.delta':
        return this.textDelta(event);
      case 'response.output_text.done':
        return this.missingText(plainText(event.text), plainText(event.item_id));
      case 'response.refusal.done':
        return this.missingText(plainText(event.refusal), plainText(event.item_id));
      case 'response.reasoning_text.delta':
      case 'response.reasoning.delta':
        return this.reasoningDelta('text', event);
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_summary.delta':
        return this.reasoningDelta('summary', event);
      case 'response.reasoning_summary_part.added':
        this.reasoning.breakHere();
        return workingChunk;
      case 'response.output_text.annotation.added':
        return annotated([event.annotation]);
      case 'response.function_call_arguments.delta':
        return this.argumentsDelta(event, plainText(event.delta));
      case 'response.output_item.added':
        return this.itemBegins(asObject(event.item) ?? {}, event.output_index);
      case 'response.output_item.done':
        return chunkOf(this.wholeItem(asObject(event.item) ?? {}, event.output_index));
      case 'response.completed':
      case 'response.done':
      case 'response.incomplete':
      case 'response.failed':
      case 'response.cancelled':
        return this.readEnd(asObject(event.response) ?? {}, type);
      default:
        return workingChunk;
    }
  }

  private textDelta(event: ReplyObject): Chunk {
    const text = plainText(event.delta);
    if (text === '') return workingChunk;
    this.written.add(plainText(event.item_id));
    this.text += text;
    this.reasoning.interrupt();
    const tokens = event.logprobs === undefined ? [] : readTokens({ content: event.logprobs });
    return chunkOf([choiceWith(tokens.length === 0 ? { text } : { text, tokens })]);
  }

  /** Text that came without deltas. */
  private missingText(text: string, itemId: string): Chunk {
    const isKnown = text === '' || this.written.has(itemId) || this.text.endsWith(text);
    return isKnown ? workingChunk : this.textDelta({ delta: text, item_id: itemId });
  }

  private reasoningDelta(kind: string, event: ReplyObject): Chunk {
    const id = plainText(event.item_id);
    const shown = this.reasoningKinds.get(id) ?? kind;
    this.reasoningKinds.set(id, shown);
    // Without ids the two kinds may belong to two items.
    if (id !== '' && shown !== kind) return workingChunk;
    const delta = plainText(event.delta);
    const text = this.reasoning.add(delta);
    this.thoughts += delta;
    return text === '' ? workingChunk : chunkOf([choiceWith({ reasoning: text })]);
  }

  private argumentsDelta(event: ReplyObject, delta: string): Chunk {
    const index = this.calls.find([itemKey(event.item_id), outputKey(event.output_index)]);
    return callChunk(index, undefined, '', delta, false);
  }

  private itemBegins(item: ReplyObject, outputIndex: unknown): Chunk {
    if (item.type === 'reasoning') {
      this.reasoning.breakHere();
      this.places.set(plainText(item.id), this.here());
      return chunkWith({});
    }
    if (item.type !== 'function_call') return item.type === 'message' ? chunkWith({}) : workingChunk;
    this.reasoning.interrupt();
    const index = this.beginCall(item, outputIndex);
    return callChunk(index, asText(item.call_id), plainText(item.name), plainText(item.arguments), false);
  }

  /** Reads a whole item. What its deltas have brought is left out. */
  private wholeItem(item: ReplyObject, outputIndex: unknown): readonly ChunkChoice[] {
    switch (item.type) {
      case 'message':
        return this.wholeMessage(item);
      case 'reasoning':
        return this.wholeReasoning(item);
      case 'function_call': {
        const { call_id: id, name, arguments: given } = item;
        const index = this.beginCall(item, outputIndex);
        if (typeof given === 'object')
          return readChunk({
            choices: [{ delta: { tool_calls: [{ index, id, name, arguments: given }] } }],
          }).choices;
        const text = plainText(given);
        return callChunk(index, asText(id), plainText(name), text, text !== '').choices;
      }
      case 'image_generation_call':
        return readChunk({ choices: [{ delta: { images: [{ b64_json: item.result }] } }] }).choices;
      default:
        return [choiceWith({ hasMore: true })];
    }
  }

  private beginCall(item: ReplyObject, outputIndex: unknown): number {
    const names = [callKey(item.call_id), itemKey(item.id)].filter((name) => name !== undefined);
    const place = outputKey(outputIndex);
    return names.length > 0 || place === undefined
      ? this.calls.begin(names, place)
      : this.calls.begin([place], undefined);
  }

  private wholeMessage(item: ReplyObject): readonly ChunkChoice[] {
    const contents = asArray(item.content).map((content) => asObject(content) ?? {});
    const text = contents.map((content) => plainText(content.text) || plainText(content.refusal)).join('');
    const annotations = contents.flatMap((content) => asArray(content.annotations));
    return [
      ...this.missingText(text, plainText(item.id)).choices,
      ...(annotations.length > 0 ? annotated(annotations).choices : []),
    ];
  }

  private wholeReasoning(item: ReplyObject): readonly ChunkChoice[] {
    const id = plainText(item.id);
    const summary = textsOf(item.summary);
    this.keep(item, id, summary);
    const texts = textsOf(item.content);
    const shown = texts.length > 0 ? texts : summary;
    if (this.reasoningKinds.has(id) || this.thoughts.endsWith(shown.join(''))) return [];
    return shown.flatMap((text) => {
      this.reasoning.breakHere();
      return this.reasoningDelta('whole', { item_id: id, delta: text }).choices;
    });
  }

  private keep(item: ReplyObject, id: string, summary: string[]): void {
    const { encrypted_content: encrypted } = item;
    const place = this.places.get(id) ?? this.here();
    this.places.set(id, place);
    const known = this.kept.get(id);
    const hasNone = typeof encrypted !== 'string' || encrypted === '';
    this.kept.set(id, hasNone ? known : { ...place, type: 'reasoning', id, summary, encrypted });
  }

  private here(): Place {
    return { afterText: this.text.trim() !== '', afterCalls: this.calls.count };
  }

  /** Reads the response at the end of a stream, which repeats the events before it, or a whole response. */
  private readEnd(response: ReplyObject, type: string): Chunk {
    const { model, usage, error, status } = response;
    const items = asArray(response.output).map((item) => asObject(item) ?? {});
    const hadText = this.text !== '';
    const choices = items.flatMap((item, index) => {
      // The ids of messages may differ from those of the events before.
      if (item.type === 'message' && hadText) return this.wholeMessage({ ...item, content: citedOnly(item) });
      return this.wholeItem(item, index);
    });
    if (!hadText && this.text === '')
      choices.push(...this.missingText(plainText(response.output_text), '').choices);
    const isFailed = type === 'response.failed' || status === 'failed';
    return chunkWith({
      isOver: true,
      model: asName(model),
      usage: readUsage(usage),
      error: isFailed ? (findReplyError({ error }) ?? describeError(error ?? 'failed')) : undefined,
      choices: isFailed
        ? choices
        : [...choices, choiceWith({ finishReason: this.finishReason(response, type) })],
    });
  }

  private finishReason({ status, incomplete_details: details }: ReplyObject, type: string): string {
    if (type === 'response.cancelled' || status === 'cancelled') return 'cancelled';
    if (type !== 'response.incomplete' && status !== 'incomplete')
      return this.calls.isEmpty ? 'stop' : 'tool_calls';
    const reason = asText(asObject(details)?.reason) ?? 'incomplete';
    return reason === 'max_output_tokens' ? 'length' : reason;
  }
}

/** `{code: 200, data: {…}}` → `{…}`. */
function unwrap(value: ReplyObject | undefined): ReplyObject | undefined {
  const inner = value?.type === undefined ? asObject(value?.data) : undefined;
  return inner?.object === 'response' ? inner : value;
}

function itemKey(id: unknown): string | undefined {
  const text = asText(id);
  return text === undefined ? undefined : `item ${text}`;
}

function outputKey(index: unknown): string | undefined {
  const count = asCount(index);
  return count === undefined ? undefined : `output ${count}`;
}

function callKey(id: unknown): string | undefined {
  const text = asText(id);
  return text === undefined ? undefined : `call ${text}`;
}

function callChunk(
  index: number,
  id: string | undefined,
  name: string,
  given: string,
  isWhole: boolean,
): Chunk {
  return chunkOf([choiceWith({ toolCalls: [{ index, id, name, arguments: given, isWhole }] })]);
}

function annotated(annotations: readonly unknown[]): Chunk {
  return readChunk({ choices: [{ delta: { annotations } }] });
}

/** The contents of a message without their text. */
function citedOnly(item: ReplyObject): readonly unknown[] {
  return asArray(item.content).map((content) => ({ annotations: asObject(content)?.annotations }));
}

function textsOf(parts: unknown): string[] {
  return asArray(parts)
    .map((part) => plainText(asObject(part)?.text))
    .filter((text) => text !== '');
}
