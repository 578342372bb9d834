import type { Media } from '../shared/media';
import type { Token } from '../shared/token';
import type { Usage } from '../shared/usage';
import type { ReplyError } from './describeError';
import { findReplyError, replyErrorFrom } from './replyError';
import { fieldMedia, partsOf, readContentMedia, readDataMedia } from './replyMedia';
import { translateChunk } from './foreignChunk';
import { isReasoningPart, reasoningOf } from './reasoningText';
import { asArray, asCount, asName, asObject, asText, type ReplyObject } from './replyObject';
import { readSources, type SourceList } from './replySources';
import { readTokens } from './replyTokens';
import { readUsage } from './replyUsage';
import type { SoundDelta } from './soundAssembler';
import type { ToolCallDelta } from './toolCallAssembler';
import { saysSomething, unknownFields, type UnknownField } from './unknownFields';

/** What one piece of a reply says, whatever its shape was. */
export interface Chunk {
  readonly choices: readonly ChunkChoice[];
  readonly usage: Usage | undefined;
  /** The model that the gateway says it used. */
  readonly model: string | undefined;
  readonly error: ReplyError | undefined;
  /** How much of the prompt the server has read. */
  readonly progress: PromptProgress | undefined;
  /** False when nothing in it belongs to an answer, or to the end of one. */
  readonly isChat: boolean;
  /** True when it says that the reply is complete, in a format other than chat's. */
  readonly isOver: boolean;
}

/** How much of a prompt a server has read, in tokens. */
export interface PromptProgress {
  readonly done: number;
  readonly total: number;
}

/** What a piece of a reply says about one of its `n` answers. */
export interface ChunkChoice {
  readonly index: number;
  readonly text: string;
  readonly reasoning: string;
  /** True when all this came in a whole `message`, which may repeat what deltas brought before. */
  readonly isMessage: boolean;
  /** Undefined unless it says something: gateways send null and "" all along. */
  readonly finishReason: string | undefined;
  readonly toolCalls: readonly ToolCallDelta[];
  readonly media: readonly Media[];
  readonly sound: SoundDelta | undefined;
  readonly tokens: readonly Token[];
  readonly sources: readonly SourceList[];
  /** True when its delta holds something that is not understood: not to be shown, but a sign that the model works. */
  readonly hasMore: boolean;
}

/** More answers to one question than any gateway gives; what is numbered higher, or comes after so many, is not believed. */
const mostChoices = 128;

/** Most lists in a chunk are empty: they share this one. */
const none: readonly never[] = [];
const noFields: readonly UnknownField[] = none;

const silent: Chunk = {
  choices: [],
  usage: undefined,
  model: undefined,
  error: undefined,
  progress: undefined,
  isChat: false,
  isOver: false,
};

/**
 * Reads any parsed piece of a reply: a streamed chunk, a whole completion, either one wrapped in
 * `{code, data}`, an error in any dress. Never throws; what makes no sense says nothing.
 */
export function readChunk(value: unknown): Chunk {
  if (typeof value === 'string') return readBareString(value);
  const given = unwrap(Array.isArray(value) ? value[0] : value);
  if (given === undefined) return silent;
  const translated = given.choices === undefined ? translateChunk(given) : undefined;
  const reply = translated?.reply ?? given;
  const objects = asArray(reply.choices)
    .slice(0, mostChoices)
    .map(asObject)
    .filter((choice) => choice !== undefined)
    .filter((choice) => (indexOf(choice) ?? 0) < mostChoices);
  const choices = readChoices(objects);
  const media = replyMedia(reply);
  const usage = readUsage(reply.usage ?? objects[0]?.usage ?? asObject(reply.x_groq)?.usage);
  const sources = readSources(unknownFields(reply));
  return {
    choices: withBeside(choices, media, sources),
    usage,
    model: asName(reply.model),
    error: findReplyError(reply) ?? choicesError(objects, choices),
    progress: reply.prompt_progress === undefined ? undefined : readProgress(reply.prompt_progress),
    isChat: reply.choices !== undefined || usage !== undefined || media.length > 0,
    isOver: translated?.isOver === true,
  };
}

/** What stands beside the choices belongs to the first of them. */
function withBeside(
  choices: readonly ChunkChoice[],
  media: readonly Media[],
  sources: readonly SourceList[],
): readonly ChunkChoice[] {
  const [first = emptyChoice, ...others] = choices;
  const withSources =
    sources.length === 0 ? choices : [{ ...first, sources: joined(first.sources, sources) }, ...others];
  return media.length === 0 ? withSources : [...withSources, { ...emptyChoice, media }];
}

/** llama-server: `prompt_progress: {total, cache, processed, time_ms}`. */
function readProgress(value: unknown): PromptProgress | undefined {
  const progress = asObject(value);
  const total = asCount(progress?.total);
  const done = asCount(progress?.processed);
  if (total === undefined || done === undefined || total === 0) return undefined;
  return { done: Math.min(done, total), total };
}

const emptyChoice: ChunkChoice = {
  index: 0,
  text: '',
  reasoning: '',
  isMessage: false,
  finishReason: undefined,
  toolCalls: [],
  media: [],
  sound: undefined,
  tokens: [],
  sources: [],
  hasMore: false,
};

/** A string where a chunk belongs is how some proxies report errors. */
function readBareString(value: string): Chunk {
  return value.trim() === '' ? silent : { ...silent, error: replyErrorFrom(value) };
}

/** `{code: 200, data: {choices}}` → what is inside. */
function unwrap(value: unknown): ReplyObject | undefined {
  const reply = asObject(value);
  if (reply === undefined || reply.choices !== undefined) return reply;
  const inner = asObject(reply.data);
  return inner === undefined || (inner.choices === undefined && replyMedia(inner).length === 0)
    ? reply
    : inner;
}

/** Media beside the choices, or instead of them: a reply of an endpoint for images or videos. */
function replyMedia(reply: ReplyObject): readonly Media[] {
  return joined(fieldMedia(reply), reply.choices === undefined ? readDataMedia(reply.data) : none);
}

function joined<Item>(before: readonly Item[], after: readonly Item[]): readonly Item[] {
  if (before.length === 0) return after;
  return after.length === 0 ? before : [...before, ...after];
}

function readChoices(objects: readonly ReplyObject[]): readonly ChunkChoice[] {
  if (objects.length === 1) return objects.map((choice) => readChoice(choice, indexOf(choice) ?? 0));
  const taken = new Set<number>();
  return objects.map((choice) => {
    let index = indexOf(choice) ?? 0;
    // Several whole answers that all say 0, or nothing, are still several answers.
    if (asObject(choice.delta) === undefined) while (taken.has(index)) index += 1;
    taken.add(index);
    return readChoice(choice, index);
  });
}

function indexOf(choice: ReplyObject): number | undefined {
  const index = asCount(choice.index);
  return Number.isSafeInteger(index) ? index : undefined;
}

function readChoice(choice: ReplyObject, index: number): ChunkChoice {
  const delta = asObject(choice.delta);
  const content = delta ?? asObject(choice.message);
  const audio = asObject(content?.audio);
  const others = content === undefined ? noFields : unknownFields(content);
  const around = unknownFields(choice);
  const text =
    textOf(content?.content) ||
    plainText(content?.refusal) ||
    plainText(choice.text) ||
    plainText(audio?.transcript);
  const reasoning =
    (content === undefined ? '' : reasoningOf(content, others)) ||
    (text === '' && choice.text === undefined ? reasoningOf(choice, around) : '');
  // Some mark the whole delta as thought.
  const isThought = content?.thought === true || content?.reasoning === true;
  return {
    index,
    text: isThought ? '' : text,
    reasoning: isThought ? text : reasoning,
    isMessage: delta === undefined,
    finishReason: index > 0 && hasError(choice) ? 'error' : asName(choice.finish_reason),
    toolCalls: content === undefined ? none : toolCallsOf(content),
    media: joined(fieldMedia(choice), content === undefined ? none : readContentMedia(content)),
    sound: typeof audio?.data === 'string' ? { data: audio.data, format: asText(audio.format) } : undefined,
    tokens: choice.logprobs === undefined || choice.logprobs === null ? none : readTokens(choice.logprobs),
    sources: sourcesAmong(others, around),
    hasMore: others.length > 0 && saysSomething(others),
  };
}

function sourcesAmong(
  content: readonly UnknownField[],
  around: readonly UnknownField[],
): readonly SourceList[] {
  return content.length + around.length === 0 ? none : joined(readSources(content), readSources(around));
}

/** An error of the first choice ends the reply; the others have their finish reason. */
function choicesError(
  objects: readonly ReplyObject[],
  choices: readonly ChunkChoice[],
): ReplyError | undefined {
  const choice = objects[choices.findIndex(({ index }) => index === 0)];
  if (choice === undefined) return undefined;
  if (choice.error !== undefined) {
    const error = findReplyError({ choices: [choice], error: choice.error });
    if (error !== undefined) return error;
  }
  return choice.finish_reason === 'error' ? replyErrorFrom('') : undefined;
}

/** True when a choice carries an error of its own. */
function hasError(choice: ReplyObject): boolean {
  return (
    choice.error !== undefined && findReplyError({ choices: [choice], error: choice.error }) !== undefined
  );
}

/** `tool_calls: [{index, id, function: {name, arguments}}]`, or the older `function_call: {name, arguments}`. */
function toolCallsOf(content: ReplyObject): readonly ToolCallDelta[] {
  const { tool_calls: given = null, function_call: older = null } = content;
  if (given === null && older === null) return none;
  const calls = partsOf(given);
  if (calls.length === 0) {
    const legacy = asObject(older);
    return legacy === undefined ? [] : toolCallOf({ function: legacy }, undefined);
  }
  return calls.flatMap((call, position) => {
    const object = asObject(call);
    // Where several calls come side by side, their places tell them apart as well as indexes.
    return object === undefined ? [] : toolCallOf(object, calls.length > 1 ? position : undefined);
  });
}

function toolCallOf(call: ReplyObject, position: number | undefined): readonly ToolCallDelta[] {
  // Some leave the wrapping `function` out.
  const given = asObject(call.function) ?? call;
  const isWhole = asObject(given.arguments) !== undefined;
  const delta: ToolCallDelta = {
    index: asCount(call.index) ?? position,
    id: asText(call.id),
    name: plainText(given.name),
    arguments: isWhole ? jsonOf(given.arguments) : plainText(given.arguments),
    isWhole,
  };
  const isEmpty = delta.id === undefined && delta.name === '' && delta.arguments === '';
  return isEmpty ? [] : [delta];
}

/** What cannot be written again, because it is nested thousands of times, becomes no JSON: such a call does not run. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return '{';
    throw error;
  }
}

/** Content is a string, null, or an array of parts of which only the text is text. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (content === undefined || content === null) return '';
  return partsOf(content)
    .map((part) => {
      if (typeof part === 'string') return part;
      const object = asObject(part);
      if (object === undefined || isReasoningPart(object)) return '';
      return plainText(object.text) || plainText(asObject(object.text)?.value);
    })
    .join('');
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
