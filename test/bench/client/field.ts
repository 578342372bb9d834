import { open as aiSdkProvider } from './contestants/aiSdkProvider';
import { open as aiStreamText } from './contestants/aiStreamText';
import type { Contestant, OpenContestant } from './contestants/contestant';
import { open as openai } from './contestants/openai';
import { open as parley } from './contestants/parley';
import { open as rawSocket } from './contestants/rawSocket';
import { open as undici } from './contestants/undici';

/** Everybody who takes part, by the name in the figures. */
const field = {
  parley,
  'raw-socket': rawSocket,
  undici,
  openai,
  'ai-sdk-provider': aiSdkProvider,
  'ai-stream-text': aiStreamText,
} as const satisfies Record<string, OpenContestant>;

/** A contestant's name in the figures. */
export type ContestantName = keyof typeof field;

/** The file of each contestant, without its ending. */
export const contestantFiles: Readonly<Record<ContestantName, string>> = {
  parley: 'parley',
  'raw-socket': 'rawSocket',
  undici: 'undici',
  openai: 'openai',
  'ai-sdk-provider': 'aiSdkProvider',
  'ai-stream-text': 'aiStreamText',
};

/** Opens all contestants for one gateway. */
export function openField(baseUrl: string): ReadonlyMap<ContestantName, Contestant> {
  return new Map(
    Object.entries(field).map(([name, open]) => [name as ContestantName, open(baseUrl)] as const),
  );
}

/** Closes them. */
export async function closeField(contestants: ReadonlyMap<string, Contestant>): Promise<void> {
  for (const contestant of contestants.values()) await contestant.close();
}
