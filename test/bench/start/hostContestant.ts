/**
 * Runs in the extension host: a contestant that reads 1, 10 and 50 answers at once and keeps their text. Which one, and
 * where it asks, is put in when this file is bundled.
 */
import type { OpenContestant } from '../client/contestants/contestant';
import { reportMemory, type BeginStreams } from './reportMemory';

declare const contestantFile: string;
declare const baseUrl: string;

export async function run(): Promise<void> {
  await reportMemory(loadContestant);
}

async function loadContestant(): Promise<BeginStreams> {
  const { open } = (await import(contestantFile)) as { readonly open: OpenContestant };
  return (count) => {
    const breakingOff = new AbortController();
    const texts: string[] = [];
    const contestants = Array.from({ length: count }, (_, number) => {
      const contestant = open(baseUrl);
      texts[number] = '';
      const keep = (text: string): void => {
        texts[number] = (texts[number] ?? '') + text;
      };
      contestant.ask(keep, breakingOff.signal).catch((error: unknown) => {
        if (!breakingOff.signal.aborted) console.error(error);
      });
      return contestant;
    });
    return Promise.resolve(async () => {
      breakingOff.abort();
      if (texts.includes('')) throw new Error('Not all answers came.');
      for (const contestant of contestants) await contestant.close();
    });
  };
}
