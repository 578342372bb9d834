import { randomUUID } from 'node:crypto';
import { JsonObjectText } from '../../json/jsonObjectText';
import type { ToolCall } from '../../../shared/answer/toolCall';

/** A delta of a tool call. Any field may be missing. */
export interface ToolCallDelta {
  readonly index: number | undefined;
  readonly id: string | undefined;
  /** '' if the delta has no name. */
  readonly name: string;
  readonly arguments: string;
  /** True if the arguments are an object, which is always complete. */
  readonly isWhole: boolean;
}

/** How many tool calls of an answer are read. */
const mostCalls = 128;

interface OpenCall {
  index: number | undefined;
  id: string | undefined;
  name: string;
  arguments: JsonObjectText;
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
    if (index === undefined) return last;
    const sameIndex = this.calls.findLast((call) => call.index === index);
    if (sameIndex !== undefined) return sameIndex;
    return last?.index === undefined && name === '' ? last : undefined;
  }

  private mergeArguments(call: OpenCall, { id, arguments: piece, isWhole }: ToolCallDelta): void {
    const before = call.arguments.text;
    if (piece === '') return;
    // Proxies that translate another format announce a call with an empty object before its arguments.
    const isAnnounced = before === '{}' && piece.trimStart().startsWith('{');
    if (isWhole || isAnnounced || (this.cumulative && piece.startsWith(before))) {
      call.arguments = new JsonObjectText(piece);
      return;
    }
    // Some gateways repeat the whole call at its end.
    const repeats = call.id === id && piece === before && call.arguments.isComplete;
    if (!repeats) call.arguments.add(piece);
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

/** Joins a name that comes once, with each delta, in parts, or cumulatively. */
function mergeName(before: string, piece: string): string {
  if (piece === before) return before;
  return piece.startsWith(before) ? piece : before + piece;
}
