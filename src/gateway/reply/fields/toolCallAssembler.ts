import { randomUUID } from 'node:crypto';
import { JsonObjectText } from '../../json/jsonObjectText';
import type { ToolCall } from '../../../shared/answer/toolCall';

/** A piece of a tool call, as one chunk brought it. Any field may be missing. */
export interface ToolCallDelta {
  readonly index: number | undefined;
  readonly id: string | undefined;
  /** Empty when the piece brings none. */
  readonly name: string;
  readonly arguments: string;
  /** True when the arguments came as an object, and so whole. */
  readonly isWhole: boolean;
}

/** More calls than any answer makes; what comes after them is left out. */
const mostCalls = 128;

interface OpenCall {
  index: number | undefined;
  id: string | undefined;
  name: string;
  arguments: JsonObjectText;
}

/**
 * Puts tool calls together from their deltas, whatever their ids and indexes do: either may be
 * missing, come late or stand for several calls. Where a gateway is too unclear, the arguments
 * become no JSON, and such a call does not run.
 */
export class ToolCallAssembler {
  private calls: OpenCall[] = [];

  /** `cumulative` when each piece of arguments repeats all before it. */
  constructor(private readonly cumulative: boolean) {}

  get isEmpty(): boolean {
    return this.calls.length === 0;
  }

  add(delta: ToolCallDelta): void {
    const call = this.find(delta);
    if (call === undefined) {
      const { index, id, name, arguments: given } = delta;
      if (this.calls.length < mostCalls) {
        this.calls.push({ index, id, name, arguments: new JsonObjectText(given) });
      }
      return;
    }
    call.index ??= delta.index;
    call.id ??= delta.id;
    call.name = mergeName(call.name, delta.name);
    this.mergeArguments(call, delta);
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

  /** The call that a delta continues; undefined when it begins one. */
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
    if (index === undefined) return last;
    const sameIndex = this.calls.findLast((call) => call.index === index);
    if (sameIndex !== undefined) return sameIndex;
    return last?.index === undefined && name === '' ? last : undefined;
  }

  private mergeArguments(call: OpenCall, { id, arguments: piece, isWhole }: ToolCallDelta): void {
    const before = call.arguments.text;
    if (piece === '') return;
    // Proxies of other protocols announce a call with an empty object before its arguments.
    const isAnnounced = before === '{}' && piece.trimStart().startsWith('{');
    if (isWhole || isAnnounced || (this.cumulative && piece.startsWith(before))) {
      call.arguments = new JsonObjectText(piece);
      return;
    }
    // Some repeat the whole call when it is complete.
    const repeats = call.id === id && piece === before && call.arguments.isComplete;
    if (!repeats) call.arguments.add(piece);
  }
}

/** True when a delta for the place of `call` is the beginning of another call. */
function beginsAnother(call: OpenCall, delta: ToolCallDelta): boolean {
  const isOtherId = call.id !== undefined && delta.id !== undefined;
  const { isComplete } = call.arguments;
  if (isOtherId) {
    // A fresh id with each piece of one call exists too: such a piece looks like no beginning.
    return delta.name !== '' || isComplete || delta.arguments.trimStart().startsWith('{');
  }
  if (delta.name === '' || call.name === '' || !isComplete) return false;
  return delta.name !== call.name || delta.arguments !== '';
}

/** A name comes once, with each piece, in pieces, or growing. */
function mergeName(before: string, piece: string): string {
  if (piece === before) return before;
  return piece.startsWith(before) ? piece : before + piece;
}
