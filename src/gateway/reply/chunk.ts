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
import { saysSomething, unknownFields, type UnknownField } from './fields/unknownFields';

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
  const objects = choicesOf(reply.choices);
  const choices = readChoices(objects);
  const beside = unknownFields(reply);
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

function choicesOf(given: unknown): readonly ReplyObject[] {
  const choices = asArray(given);
  const objects: ReplyObject[] = [];
  for (let place = 0; place < choices.length && place < mostChoices; place += 1) {
    const choice = asObject(choices[place]);
    if (choice !== undefined && (indexOf(choice) ?? 0) < mostChoices) objects.push(choice);
  }
  return objects;
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
  const [only] = objects;
  if (only !== undefined && objects.length === 1) return [readChoice(only, indexOf(only) ?? 0)];
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
    media: mediaOf(content, others, choice, around),
    sound: typeof audio?.data === 'string' ? { data: audio.data, format: asText(audio.format) } : undefined,
    tokens: choice.logprobs === undefined || choice.logprobs === null ? none : readTokens(choice.logprobs),
    sources: sourcesAmong(others, around),
    hasMore: others.length > 0 && saysSomething(others),
  };
}

/** A delta of plain text, the bulk of all, holds none. */
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
