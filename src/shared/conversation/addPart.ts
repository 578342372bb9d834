import { growingPart, type AnswerPart, type TextPart, type ToolCallPart } from '../answer/answerPart';
import { addSource, type Source } from '../answer/source';
import { isOver } from '../answer/toolCallState';
import type { EventOf } from './conversationEvent';
import { grown } from './grown';

/** Adds a part at the end of an answer, before the sources. */
export function addPart(parts: AnswerPart[], part: AnswerPart): void {
  if (parts.at(-1)?.kind === 'sources') parts.splice(-1, 0, part);
  else parts.push(part);
}

/** Appends text or reasoning to the part that it continues, or adds a new part. */
export function appendText(parts: AnswerPart[], kind: TextPart['kind'], text: string, at: number): void {
  const part = parts[growingPart(parts, kind)];
  if (part?.kind === kind) part.text = grown(part.text, text);
  else if (text !== '') addPart(parts, { kind, text, at });
}

/**
 * Turns the last `length` UTF-16 units of the text into reasoning at the same place. Adjacent reasoning is joined into one part.
 */
export function turnIntoReasoning(parts: AnswerPart[], length: number): void {
  let left = length;
  const changed: AnswerPart[] = [];
  for (const part of parts.toReversed()) {
    if (part.kind !== 'text' || left === 0) {
      changed.push(part);
      continue;
    }
    const kept = Math.max(0, part.text.length - left);
    left -= part.text.length - kept;
    if (kept < part.text.length) changed.push({ ...part, kind: 'reasoning', text: part.text.slice(kept) });
    if (kept > 0) changed.push({ ...part, text: part.text.slice(0, kept) });
  }
  parts.length = 0;
  for (const part of changed.reverse()) {
    if (part.kind === 'text' || part.kind === 'reasoning') appendText(parts, part.kind, part.text, part.at);
    else parts.push(part);
  }
}

/**
 * Moves the last text to the end, because the answer continues it: reasoning and media after this text move before it. Text before
 * a tool call stays, because the answer continues after the call.
 */
export function moveTextToEnd(parts: AnswerPart[]): void {
  const place = parts.findLastIndex(({ kind }) => kind === 'text' || kind === 'tool-call');
  const text = parts[place];
  if (text?.kind !== 'text') return;
  parts.splice(place, 1);
  const [before, after] = [parts[place - 1], parts[place]];
  if (before?.kind === 'reasoning' && after?.kind === 'reasoning') {
    before.text = grown(before.text, after.text);
    parts.splice(place, 1);
  }
  addPart(parts, text);
}

/** Adds sources to the answer's list of them. See `addSource`. */
export function addSources(parts: AnswerPart[], sources: readonly Source[], at: number): void {
  const last = parts.at(-1);
  const known = last?.kind === 'sources' ? last.sources : [];
  for (const source of sources) addSource(known, source);
  if (last?.kind !== 'sources' && known.length > 0) parts.push({ kind: 'sources', sources: known, at });
}

/** True while the model writes the call with this index. */
export function isBeingWritten(parts: readonly AnswerPart[], index: number): boolean {
  return placeOfOpenCall(parts, index) !== -1;
}

/** Adds a call that the model begins to write, or updates its name. */
export function startCall(parts: AnswerPart[], { index, name, at }: EventOf<'tool-call-started'>): void {
  const part = openCall(parts, index);
  if (part !== undefined) {
    part.call.name = name;
    return;
  }
  const call = { id: '', name, arguments: '', complete: false };
  addPart(parts, { kind: 'tool-call', call, state: 'writing', index, at });
}

/** Appends to the arguments of a call. */
export function appendArguments(
  parts: readonly AnswerPart[],
  { index, text }: EventOf<'tool-call-arguments'>,
): void {
  const part = openCall(parts, index);
  if (part !== undefined) part.call.arguments = grown(part.call.arguments, text);
}

/** Adds a complete call. It replaces the call that was being written under its index. */
export function addCall(parts: AnswerPart[], { call, index, at }: EventOf<'tool-called'>): void {
  const place = index === undefined ? -1 : placeOfOpenCall(parts, index);
  const begun = parts[place];
  const part = {
    kind: 'tool-call',
    call: { ...call },
    state: 'written',
    index: null,
    at: begun?.at ?? at,
  } as const;
  if (begun === undefined) addPart(parts, part);
  else parts[place] = part;
}

/** Changes the state of a call that is written and not over. Returns false when there is no such call. */
export function setCallState(
  parts: readonly AnswerPart[],
  { call, state }: EventOf<'tool-call-state'>,
): boolean {
  let place = 0;
  for (const part of parts) {
    if (part.kind !== 'tool-call') continue;
    if (place === call) {
      if (part.state === 'writing' || isOver(part.state)) return false;
      part.state = state;
      return true;
    }
    place += 1;
  }
  return false;
}

/** Closes the calls that the model was still writing when the answer ended. They are truncated and never run. */
export function closeWrittenCalls(parts: AnswerPart[]): void {
  for (const [place, part] of parts.entries()) {
    if (part.kind === 'tool-call' && part.state === 'writing') {
      parts[place] = { ...part, state: 'written', index: null };
    }
  }
}

function openCall(parts: readonly AnswerPart[], index: number): ToolCallPart | undefined {
  const part = parts[placeOfOpenCall(parts, index)];
  return part?.kind === 'tool-call' ? part : undefined;
}

/** The index of the part, searched from the end; -1 when there is none. */
function placeOfOpenCall(parts: readonly AnswerPart[], index: number): number {
  return parts.findLastIndex(
    (part) => part.kind === 'tool-call' && part.state === 'writing' && part.index === index,
  );
}
