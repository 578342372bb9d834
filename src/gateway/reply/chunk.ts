import type { Media } from '../../shared/answer/media';
import type { Token } from '../../shared/answer/token';
import type { Usage } from '../../shared/answer/usage';
import type { ReplyError } from '../failures/describeError';
import { findReplyError, replyErrorFrom } from '../failures/findReplyError';
import { fieldMedia, partsOf, readContentMedia, readDataMedia } from './fields/readContentMedia';
import { translateChunk } from './foreign/translateChunk';
import { isReasoningPart, reasoningOf } from './fields/reasoningOf';
import { asArray, asCount, asName, asObject, asText, plainText, type ReplyObject } from '../json/replyObject';
import { readSources, type SourceList } from './fields/readSources';
import { readTokens } from './fields/readTokens';
import { toolCallsOf } from './fields/toolCallsOf';
import { readUsage } from './fields/readUsage';
import type { SoundDelta } from './fields/soundAssembler';
import type { ToolCallDelta } from './fields/toolCallAssembler';
import { createUnknownFields, saysSomething, type UnknownField } from './fields/unknownField';

/** The content of one chunk of a reply, in a form that does not depend on the gateway's format. */
export interface Chunk {
  readonly choices: readonly ChunkChoice[];
  readonly usage: Usage | undefined;
  /** The model that the gateway reports. */
  readonly model: string | undefined;
  readonly error: ReplyError | undefined;
  /** How much of the prompt the server has read. */
  readonly progress: PromptProgress | undefined;
  /** False if the chunk has no part of an answer and does not end one. */
  readonly isChat: boolean;
  /** True if the chunk ends the reply in a format other than Chat Completions. */
  readonly isOver: boolean;
}

/** How much of a prompt a server has read, in tokens. */
interface PromptProgress {
  readonly done: number;
  readonly total: number;
}

/** The content of a chunk for one of the `n` answers. */
export interface ChunkChoice {
  readonly index: number;
  readonly text: string;
  readonly reasoning: string;
  /** True if it came in a whole `message`, which may repeat earlier deltas. */
  readonly isMessage: boolean;
  /** Undefined for null and '', which gateways send in most chunks. */
  readonly finishReason: string | undefined;
  readonly toolCalls: readonly ToolCallDelta[];
  /** The elements of `reasoning_details`. */
  readonly details: readonly unknown[];
  readonly media: readonly Media[];
  readonly sound: SoundDelta | undefined;
  readonly tokens: readonly Token[];
  readonly sources: readonly SourceList[];
  /** True if the delta has an unknown field with a value: it is not shown, but it is a sign that the model works. */
  readonly hasMore: boolean;
}

/** How many answers to one question are read. */
const mostChoices = 128;

/** Most lists of a chunk are empty and share this array. */
const none: readonly never[] = [];
const noFields: readonly UnknownField[] = none;

const unknownOfReply = createUnknownFields();
const unknownOfChoice = createUnknownFields();
const unknownOfContent = createUnknownFields();

/** A chunk without any content. */
export const silent: Chunk = {
  choices: [],
  usage: undefined,
  model: undefined,
  error: undefined,
  progress: undefined,
  isChat: false,
  isOver: false,
};

/**
 * Reads any parsed chunk of a reply: `chat.completion.chunk`, a whole `chat.completion`, one of these inside `{code, data}`, a
 * chunk in a foreign format (see `translateChunk`), or an error of any shape. Throws nothing and ignores invalid fields.
 * Source: OpenAI's "Chat Completions", and the documentation of the gateways in `gatewayPresets.ts`.
 */
export function readChunk(value: unknown): Chunk {
  if (typeof value === 'string') return readBareString(value);
  const given = unwrap(Array.isArray(value) ? value[0] : value);
  if (given === undefined) return silent;
  const translated = given.choices === undefined ? translateChunk(given) : undefined;
  const reply = translated?.reply ?? given;
  const objects = choicesOf(reply.choices);
  const choices = readChoices(objects);
  const beside = unknownOfReply(reply);
  const media = beside.length === 0 ? none : replyMedia(reply);
  const usage = readUsage(reply.usage ?? objects[0]?.usage ?? asObject(reply.x_groq)?.usage);
  return {
    choices: beside.length === 0 ? choices : withBeside(choices, media, readSources(beside)),
    usage,
    model: asName(reply.model),
    error: findReplyError(reply) ?? choicesError(objects, choices),
    progress: reply.prompt_progress === undefined ? undefined : readProgress(reply.prompt_progress),
    isChat: reply.choices !== undefined || usage !== undefined || media.length > 0,
    isOver: translated?.isOver === true,
  };
}

/**
 * How much a chunk adds to an answer, in UTF-16 code units: the length of its text and reasoning, or `length`, the length of
 * its JSON, if it has anything else.
 */
export function sizeOfChunk({ choices }: Chunk, length: number): number {
  let size = 0;
  for (const { text, reasoning, tokens, media, toolCalls, sound } of choices) {
    if (tokens.length + media.length + toolCalls.length > 0 || sound !== undefined) return length;
    size += text.length + reasoning.length;
  }
  return size === 0 ? length : size;
}

function choicesOf(given: unknown): readonly ReplyObject[] {
  const choices = asArray(given);
  const objects: ReplyObject[] = [];
  for (let place = 0; place < choices.length && place < mostChoices; place += 1) {
    const choice = asObject(choices[place]);
    if (choice !== undefined && (indexOf(choice) ?? 0) < mostChoices) objects.push(choice);
  }
  return objects;
}

/** Adds media and sources that are outside the choices to the first choice. */
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

/** A choice without any content. */
export const emptyChoice: ChunkChoice = {
  index: 0,
  text: '',
  reasoning: '',
  isMessage: false,
  finishReason: undefined,
  toolCalls: [],
  details: [],
  media: [],
  sound: undefined,
  tokens: [],
  sources: [],
  hasMore: false,
};

/** Some proxies send an error as a string instead of a chunk. */
function readBareString(value: string): Chunk {
  return value.trim() === '' ? silent : { ...silent, error: replyErrorFrom(value) };
}

/** `{code: 200, data: {choices}}` → `{choices}`. */
function unwrap(value: unknown): ReplyObject | undefined {
  const reply = asObject(value);
  if (reply === undefined || reply.choices !== undefined) return reply;
  const inner = asObject(reply.data);
  return inner === undefined || (inner.choices === undefined && replyMedia(inner).length === 0)
    ? reply
    : inner;
}

/** Media next to the choices, or the media of an image or video endpoint, whose reply has no choices. */
function replyMedia(reply: ReplyObject): readonly Media[] {
  return joined(fieldMedia(reply), reply.choices === undefined ? readDataMedia(reply.data) : none);
}

function joined<Item>(before: readonly Item[], after: readonly Item[]): readonly Item[] {
  if (before.length === 0) return after;
  return after.length === 0 ? before : [...before, ...after];
}

function readChoices(objects: readonly ReplyObject[]): readonly ChunkChoice[] {
  const [only] = objects;
  if (only !== undefined && objects.length === 1) return [readChoice(only, indexOf(only) ?? 0)];
  const taken = new Set<number>();
  return objects.map((choice) => {
    let index = indexOf(choice) ?? 0;
    // Several whole answers may all have the index 0 or none; they are still separate answers.
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
  const others = content === undefined ? noFields : unknownOfContent(content);
  const around = unknownOfChoice(choice);
  const text =
    textOf(content?.content) ||
    plainText(content?.refusal) ||
    plainText(choice.text) ||
    plainText(audio?.transcript);
  const reasoning =
    (content === undefined ? '' : reasoningOf(content, others)) ||
    (text === '' && choice.text === undefined ? reasoningOf(choice, around) : '');
  // Some gateways mark the whole delta as reasoning.
  const isThought = content?.thought === true || content?.reasoning === true;
  return {
    index,
    text: isThought ? '' : text,
    reasoning: isThought ? text : reasoning,
    isMessage: delta === undefined,
    finishReason: index > 0 && hasError(choice) ? 'error' : asName(choice.finish_reason),
    toolCalls: content === undefined ? none : toolCallsOf(content),
    details: content?.reasoning_details === undefined ? none : asArray(content.reasoning_details),
    media: mediaOf(content, others, choice, around),
    sound: typeof audio?.data === 'string' ? { data: audio.data, format: asText(audio.format) } : undefined,
    tokens: choice.logprobs === undefined || choice.logprobs === null ? none : readTokens(choice.logprobs),
    sources: sourcesAmong(others, around),
    hasMore: others.length > 0 && saysSomething(others),
  };
}

/** The media of a choice. Most deltas are plain text and have none. */
function mediaOf(
  content: ReplyObject | undefined,
  others: readonly UnknownField[],
  choice: ReplyObject,
  around: readonly UnknownField[],
): readonly Media[] {
  const beside = around.length === 0 ? none : fieldMedia(choice);
  const isPlain =
    content === undefined ||
    (others.length === 0 && typeof content.content !== 'object' && content.audio === undefined);
  return isPlain ? beside : joined(beside, readContentMedia(content));
}

function sourcesAmong(
  content: readonly UnknownField[],
  around: readonly UnknownField[],
): readonly SourceList[] {
  return content.length + around.length === 0 ? none : joined(readSources(content), readSources(around));
}

/** The error of the first choice, which ends the reply. An error of another choice becomes its finish reason. */
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

/** True if the choice itself has an error. */
function hasError(choice: ReplyObject): boolean {
  return (
    choice.error !== undefined && findReplyError({ choices: [choice], error: choice.error }) !== undefined
  );
}

/** The text of `content`: a string, null, or an array of parts. */
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
