import { randomUUID } from 'node:crypto';
import { JsonObjectText } from '../../json/jsonObjectText';
import type { KeptReasoning } from '../../../shared/answer/keptReasoning';
import type { ToolCall } from '../../../shared/answer/toolCall';
import type { SignedFields } from './signedFields';

/** A delta of a tool call. Any field may be missing. */
export interface ToolCallDelta {
  readonly index: number | undefined;
  readonly id: string | undefined;
  /** '' if the delta has no name. */
  readonly name: string;
  readonly arguments: string;
  /** True if the arguments are an object, which is always complete. */
  readonly isWhole: boolean;
  /** Absent for a call in a text. */
  readonly signed?: SignedFields | undefined;
}

/** How many tool calls of an answer are read. */
const mostCalls = 128;

interface OpenCall {
  index: number | undefined;
  id: string | undefined;
  name: string;
  arguments: JsonObjectText;
  signed: SignedFields | undefined;
  /** The name that was last passed on; undefined if none was. */
  toldName: string | undefined;
  /** Arguments that were not passed on yet: `{}`, which may only announce the call. */
  held: string;
  /** False after other arguments replaced the first ones: then the rest is passed on only with the whole call. */
  isTold: boolean;
}

/** What a delta added to a call, so that the panel can show the call while the model writes it. */
interface ToolCallGrowth {
  /** The place of the call among the calls of the answer, counted from 0. */
  readonly index: number;
  /** The whole name so far; undefined if it did not change. */
  readonly name: string | undefined;
  /** More of the arguments; '' for none. */
  readonly text: string;
}

/**
 * Joins tool calls from their deltas. Gateways send ids and indexes in many ways: they may be missing, come late or be the same
 * for several calls. If the deltas are ambiguous, the joined arguments are not valid JSON, and such a call does not run.
 */
export class ToolCallAssembler {
  private calls: OpenCall[] = [];

  /** @param cumulative True if each delta repeats the arguments before it. */
  constructor(private readonly cumulative: boolean) {}

  get isEmpty(): boolean {
    return this.calls.length === 0;
  }

  /** Adds a delta. Returns what it added to its call; undefined if there are too many calls. */
  add(delta: ToolCallDelta): ToolCallGrowth | undefined {
    const known = this.find(delta);
    if (known !== undefined) {
      known.index ??= delta.index;
      known.id ??= delta.id;
      known.name = mergeName(known.name, delta.name);
      known.signed = mergeSigned(known.signed, delta.signed);
      return this.growthOf(known, this.mergeArguments(known, delta));
    }
    if (this.calls.length >= mostCalls) return undefined;
    const { index, id, name, arguments: given, signed } = delta;
    const begun = { toldName: undefined, held: '', isTold: true };
    const call = { index, id, name, arguments: new JsonObjectText(given), signed, ...begun };
    this.calls.push(call);
    return this.growthOf(call, given);
  }

  /** The signatures of the calls so far. */
  get signatures(): KeptReasoning {
    return this.calls.flatMap(({ signed }, afterCalls) =>
      signed === undefined ? [] : [{ type: 'call_signature', afterText: true, afterCalls, ...signed }],
    );
  }

  /**
   * All calls, in the order in which they began. `isCut` when the answer lacks its end, `mayBeCut`
   * when it ended at a limit: then no arguments at all are not taken for an empty object.
   */
  finish(isCut: boolean, mayBeCut: boolean): readonly ToolCall[] {
    const ids = new Set<string>();
    const finished = this.calls.map((call): ToolCall => {
      const { text } = call.arguments;
      const isComplete = text.trim() === '' ? !mayBeCut : call.arguments.isComplete;
      const id = call.id === undefined || ids.has(call.id) ? `call_${randomUUID()}` : call.id;
      ids.add(id);
      return {
        id,
        name: call.name,
        arguments: text,
        complete: !isCut && isComplete && call.name !== '',
      };
    });
    this.calls = [];
    return finished;
  }

  /** The call that a delta continues; undefined if the delta begins a new call. */
  private find(delta: ToolCallDelta): OpenCall | undefined {
    const { id, index } = delta;
    const sameId =
      id === undefined
        ? undefined
        : this.calls.findLast(
            (call) =>
              call.id === id && (index === undefined || call.index === undefined || call.index === index),
          );
    if (sameId !== undefined) return sameId;
    const near = this.findByIndex(delta);
    if (near === undefined || beginsAnother(near, delta)) return undefined;
    return near;
  }

  private findByIndex({ index, name }: ToolCallDelta): OpenCall | undefined {
    const last = this.calls.at(-1);
    if (index === undefined || last?.index === index) return last;
    const sameIndex = this.calls.findLast((call) => call.index === index);
    if (sameIndex !== undefined) return sameIndex;
    return last?.index === undefined && name === '' ? last : undefined;
  }

  /** Returns the text that was added at the end; undefined if other arguments replaced the earlier ones. */
  private mergeArguments(
    call: OpenCall,
    { id, arguments: piece, isWhole }: ToolCallDelta,
  ): string | undefined {
    const before = call.arguments.text;
    if (piece === '') return '';
    // Proxies that translate another format announce a call with an empty object before its arguments.
    const isAnnounced = before === '{}' && piece.trimStart().startsWith('{');
    const goesOn = (isWhole || this.cumulative) && piece.startsWith(before);
    if (isWhole || isAnnounced || goesOn) {
      call.arguments = new JsonObjectText(piece);
      if (isAnnounced) call.held = '';
      if (isAnnounced) return piece;
      return goesOn ? piece.slice(before.length) : undefined;
    }
    // Some gateways repeat the whole call at its end.
    const repeats = call.id === id && piece === before && call.arguments.isComplete;
    if (repeats) return '';
    call.arguments.add(piece);
    return piece;
  }

  private growthOf(call: OpenCall, piece: string | undefined): ToolCallGrowth {
    const index = this.calls.indexOf(call);
    const name = call.name === call.toldName ? undefined : call.name;
    call.toldName = call.name;
    call.isTold &&= piece !== undefined;
    if (!call.isTold || piece === undefined) return { index, name, text: '' };
    const text = call.held + piece;
    const isHeld = text === '{}';
    call.held = isHeld ? text : '';
    return { index, name, text: isHeld ? '' : text };
  }
}

/** True if a delta with the index of `call` begins another call. */
function beginsAnother(call: OpenCall, delta: ToolCallDelta): boolean {
  const isOtherId = call.id !== undefined && delta.id !== undefined;
  const { isComplete } = call.arguments;
  if (isOtherId) {
    // Some gateways send a new id with each delta of one call; such a delta does not look like the beginning of a call.
    return delta.name !== '' || isComplete || delta.arguments.trimStart().startsWith('{');
  }
  if (delta.name === '' || call.name === '' || !isComplete) return false;
  return delta.name !== call.name || delta.arguments !== '';
}

function mergeSigned(
  before: SignedFields | undefined,
  next: SignedFields | undefined,
): SignedFields | undefined {
  if (before === undefined || next === undefined) return before ?? next;
  return {
    fields: { ...before.fields, ...next.fields },
    inFunction: { ...before.inFunction, ...next.inFunction },
  };
}

/** Joins a name that comes once, with each delta, in parts, or cumulatively. */
function mergeName(before: string, piece: string): string {
  if (piece === before) return before;
  return piece.startsWith(before) ? piece : before + piece;
}
