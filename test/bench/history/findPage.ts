/** Runs in the panel's page and in that of the peer: what a reader does who looks for words in a long conversation. */
import { nextPaint, rest } from '../browser/driver';

/** What came of a search. */
export interface Found {
  /** From the query until the first match is painted in sight, and their number, in milliseconds. */
  readonly time: number;
  readonly count: number;
}

/** What the page offers to the benchmark. */
export interface FindDriver {
  /** Opens the panel's own bar. */
  openBar(): Promise<void>;
  /** Looks for the words with the panel's bar. */
  find(query: string): Promise<Found>;
  /** Goes on from match to match; resolves with the time until each is painted in sight, in milliseconds. */
  next(times: number): Promise<number[]>;
  /** Looks for the words as the browser itself does, and counts them in the text of the page. */
  findPlainly(query: string): Promise<Found>;
  /** Goes on from match to match as the browser itself does. */
  nextPlainly(query: string, times: number): Promise<number[]>;
}

declare global {
  interface Window {
    findDriver: FindDriver;
    /** The browser's own search: selects the next match. */
    find(text: string, matchCase: boolean, backwards: boolean, wrap: boolean): boolean;
  }
}

/** Nobody waits so long, in milliseconds. */
const longestWait = 60_000;

window.findDriver = {
  openBar: async () => {
    window.postMessage({ type: 'show', body: { part: 'find' } });
    await until(() => document.querySelector('.find-field') !== null);
    await nextPaint();
  },
  find: async (query) => {
    const field = fieldOf();
    if (field.value !== '') {
      type(field, '');
      await rest();
    }
    const begin = performance.now();
    type(field, query);
    const end = await until(() => isInSight(currentMatch(), '.transcript'));
    const count = / (\d+)$/.exec(resultOf())?.[1];
    return { time: end - begin, count: Number(count) };
  },
  next: async (times) =>
    await stepByStep(times, async () => {
      const before = resultOf();
      fieldOf().dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
      );
      return await until(() => resultOf() !== before && isInSight(currentMatch(), '.transcript'));
    }),
  findPlainly: async (query) => {
    getSelection()?.removeAllRanges();
    await rest();
    const begin = performance.now();
    const count = (document.body.textContent.toLowerCase().match(new RegExp(query, 'g')) ?? []).length;
    const end = await nextPlainly(query);
    return { time: end - begin, count };
  },
  nextPlainly: async (query, times) => await stepByStep(times, async () => await nextPlainly(query)),
};

async function nextPlainly(query: string): Promise<number> {
  window.find(query, false, false, true);
  getSelection()?.focusNode?.parentElement?.scrollIntoView({ block: 'center' });
  return await until(() => isInSight(getSelection()?.getRangeAt(0), '#scroller'));
}

async function stepByStep(times: number, step: () => Promise<number>): Promise<number[]> {
  const all: number[] = [];
  for (let number = 0; number < times; number += 1) {
    await rest();
    const begin = performance.now();
    all.push((await step()) - begin);
  }
  return all;
}

/** Resolves with the time of the first painted frame in which this is so. */
async function until(isSo: () => boolean): Promise<number> {
  const begin = performance.now();
  for (;;) {
    const painted = await nextPaint();
    if (isSo()) return painted;
    if (painted - begin > longestWait) throw new Error('What was looked for does not come into sight.');
  }
}

function fieldOf(): HTMLInputElement {
  const field = document.querySelector<HTMLInputElement>('.find-field');
  if (field === null) throw new Error('There is no field to type into.');
  return field;
}

function type(field: HTMLInputElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Such as `1 of 200`. */
function resultOf(): string {
  return document.querySelector('.find-result')?.textContent ?? '';
}

function currentMatch(): AbstractRange | undefined {
  const [range] = [...(CSS.highlights.get('parley-find-current') ?? [])];
  return range;
}

function isInSight(match: AbstractRange | undefined, selector: string): boolean {
  const seen = document.querySelector(selector)?.getBoundingClientRect();
  if (match === undefined || seen === undefined || !match.startContainer.isConnected) return false;
  const range = document.createRange();
  range.setStart(match.startContainer, match.startOffset);
  range.setEnd(match.endContainer, match.endOffset);
  const place = range.getBoundingClientRect();
  return place.height > 0 && place.top >= seen.top - 1 && place.bottom <= seen.bottom + 1;
}
