import type { ConversationSummary } from '../../core/ports/conversationStore';
import type { FileFacts } from '../files/fileFacts';

const version = 4;

/** What the index knows of one journal: its size and time, and its summary. */
export interface IndexEntry extends FileFacts {
  /** Null for a journal without messages, which is not listed. */
  readonly summary: ConversationSummary | null;
}

/**
 * The entries as one array per field, for JSON. Reading ten thousand objects with the same keys would take three times as long
 * as reading these arrays.
 */
export function toColumns(entries: ReadonlyMap<string, IndexEntry>): unknown {
  const all = [...entries];
  const column = <Value>(value: (summary: ConversationSummary) => Value): (Value | null)[] =>
    all.map(([, { summary }]) => summary && value(summary));
  return {
    version,
    ids: all.map(([id]) => id),
    sizes: all.map(([, { size }]) => size),
    times: all.map(([, { modifiedAt }]) => modifiedAt),
    titles: column(({ title }) => title),
    created: column(({ createdAt }) => createdAt),
    updated: column(({ updatedAt }) => updatedAt),
    counts: column(({ messageCount }) => messageCount),
    pinned: column((summary) => summary.pinned),
    failed: column((summary) => summary.failed),
    // One text, because arrays in a column would take much longer to read.
    models: column(({ models }) => models.join('\n')),
  };
}

/** Reads the result of `toColumns`. Throws a `TypeError` for any other value, such as one of another version. */
export function fromColumns(columns: unknown): Map<string, IndexEntry> {
  if (typeof columns !== 'object' || columns === null) throw new TypeError('The index is not an object.');
  const fields = new Map<string, unknown>(Object.entries(columns));
  if (fields.get('version') !== version) throw new TypeError('Another version wrote the index.');
  const ids = columnOf(fields.get('ids'), isText);
  const read = <Value>(name: string, isValue: (value: unknown) => value is Value): readonly Value[] =>
    columnOf(fields.get(name), isValue, ids.length);
  const sizes = read('sizes', isNumber);
  const times = read('times', isNumber);
  const titles = read('titles', orNull(isText));
  const created = read('created', orNull(isNumber));
  const updated = read('updated', orNull(isNumber));
  const counts = read('counts', orNull(isNumber));
  const pinned = read('pinned', orNull(isBoolean));
  const failed = read('failed', orNull(isBoolean));
  const models = read('models', orNull(isText));
  const entries = new Map<string, IndexEntry>();
  for (const [row, id] of ids.entries()) {
    const title = titles[row] ?? null;
    const summary =
      title === null
        ? null
        : {
            id,
            title,
            createdAt: created[row] ?? 0,
            updatedAt: updated[row] ?? 0,
            messageCount: counts[row] ?? 0,
            pinned: pinned[row] ?? false,
            failed: failed[row] ?? false,
            models: namesIn(models[row] ?? ''),
          };
    entries.set(id, { size: sizes[row] ?? 0, modifiedAt: times[row] ?? 0, summary });
  }
  return entries;
}

/** The names of models in their column. */
function namesIn(models: string): readonly string[] {
  return models === '' ? [] : models.split('\n');
}

/** The values of an array. Throws a `TypeError` if it is no array of such values, or has another length. */
function columnOf<Value>(
  column: unknown,
  isValue: (value: unknown) => value is Value,
  length?: number,
): readonly Value[] {
  const isRight = Array.isArray(column) && column.every(isValue);
  if (!isRight || column.length !== (length ?? column.length)) throw new TypeError('A column is not right.');
  return column;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function orNull<Value>(
  isValue: (value: unknown) => value is Value,
): (value: unknown) => value is Value | null {
  return (value): value is Value | null => value === null || isValue(value);
}
