import { asCount, asObject } from '../../json/replyObject';

/** One element of `reasoning_details`. */
type Detail = Record<string, unknown>;

/** How many elements of one answer are read. */
const mostDetails = 1_000;

/** The fields whose text comes in pieces. */
const textFields = ['text', 'summary', 'data'];

/**
 * Joins `reasoning_details: [{type, index, id, text, summary, data, signature, format}]` from its deltas. The model needs them back,
 * with signatures and encrypted parts, when it continues after a tool. Source: OpenRouter, "Preserving reasoning"; MiniMax,
 * "Interleaved thinking".
 */
export class ReasoningDetails {
  private readonly details: Detail[] = [];

  /** Adds the elements of a delta. A `message` at the end, which has all elements again, replaces the deltas. */
  add(given: readonly unknown[], isMessage: boolean): void {
    if (isMessage) this.details.length = 0;
    for (const value of given) {
      const detail = asObject(value);
      if (detail !== undefined) this.addDetail({ ...detail });
    }
  }

  /** All elements, in the order in which they began. */
  get all(): readonly Readonly<Detail>[] {
    return this.details;
  }

  private addDetail(piece: Detail): void {
    const open = this.openFor(piece);
    if (open === undefined) {
      if (this.details.length < mostDetails) this.details.push(piece);
      return;
    }
    for (const [name, value] of Object.entries(piece)) {
      const before = open[name];
      if (typeof value === 'string' && typeof before === 'string' && textFields.includes(name))
        open[name] = before + value;
      else if (value !== null && value !== undefined) open[name] = value;
    }
  }

  /** The element that a piece continues. Encrypted parts come whole: another id begins another element. */
  private openFor({ type, index, id }: Detail): Detail | undefined {
    const last = this.details.at(-1);
    const isSame = (detail: Detail): boolean =>
      detail['type'] === type && (!isId(id) || !isId(detail['id']) || detail['id'] === id);
    if (asCount(index) === undefined) return last !== undefined && isSame(last) ? last : undefined;
    return this.details.findLast((detail) => detail['index'] === index && isSame(detail));
  }
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
