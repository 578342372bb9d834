/** What the status word of a task means. */
export type TaskStatus = 'waiting' | 'running' | 'needs-input' | 'done' | 'failed' | 'cancelled';

const words: readonly (readonly [TaskStatus, string])[] = [
  ['waiting', 'queued pending submitted not_start not_started created starting preparing unknown'],
  ['running', 'processing in_progress running generating streaming'],
  ['needs-input', 'modal'],
  ['done', 'completed complete success succeeded finished ok done'],
  ['failed', 'failed failure fail error timeout expired'],
  ['cancelled', 'cancelled canceled cancel'],
];
const statuses = new Map(
  words.flatMap(([status, names]) => names.split(' ').map((name) => [name, status] as const)),
);

/** The meaning of a status word, whatever its case. An unknown word means that the task runs. Undefined if it is not a word. */
export function taskStatus(word: unknown): TaskStatus | undefined {
  if (typeof word !== 'string') return undefined;
  const name = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  return name === '' ? 'waiting' : (statuses.get(name) ?? 'running');
}

/** True for a word that gateways use for the status of a task, so that it shows a task by itself. */
export function isStatusWord(word: unknown): boolean {
  return typeof word === 'string' && statuses.has(word.trim().toLowerCase());
}

/**
 * The progress of a task in percent from 0 to 100: of a number, `"37%"` or `"37"`. A number below 1 that is not an integer is a
 * fraction. Null for anything else.
 */
export function taskPercent(value: unknown): number | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  if (!/^\d{1,9}(?:\.\d{1,20})?\s?%?$/.test(text)) return null;
  const number = Number.parseFloat(text);
  const percent = number > 0 && number < 1 && !text.endsWith('%') ? number * 100 : number;
  return Math.min(100, percent);
}
