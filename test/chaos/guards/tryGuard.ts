import fc from 'fast-check';
import { inspect } from 'node:util';

/** What came of handing many messages to a guard. */
export interface GuardTrial {
  tried: number;
  refused: number;
  accepted: number;
  /** What went wrong, the first few of each kind. */
  readonly holes: string[];
}

/** How a guard is put to the test. */
export interface GuardTest {
  /** The guard: undefined for what it refuses. */
  readonly read: (value: unknown) => unknown;
  readonly messages: fc.Arbitrary<unknown>;
  /** Whether a value is a message, in the tests' own words. */
  readonly describes: (value: unknown) => boolean;
  /** Whether what the guard made of one is as it should be. */
  readonly describesRead: (message: unknown) => boolean;
  readonly count: number;
  readonly seed: number;
}

const mostHoles = 20;
/** Messages that are made at once; making all at once would need memory for all. */
const batch = 5_000;

/** Hands messages to a guard. A hole is one that it lets through though it is none, refuses though it is one, changes, or throws at. */
export function tryGuard(test: GuardTest): GuardTrial {
  const { messages, count, seed } = test;
  const trial: GuardTrial = { tried: 0, refused: 0, accepted: 0, holes: [] };
  const builtIn = prototypes();
  for (let start = 0; start < count; start += batch) {
    const numRuns = Math.min(batch, count - start);
    for (const value of fc.sample(messages, { numRuns, seed: seed + start })) {
      const problem = tryOne(value, test, trial);
      if (problem !== undefined && trial.holes.length < mostHoles)
        trial.holes.push(
          `${problem}: ${inspect(value, { depth: 6, maxStringLength: 60, breakLength: Infinity })}`,
        );
    }
    if (prototypes() !== builtIn) trial.holes.push('A built-in prototype was changed.');
  }
  return trial;
}

function tryOne(
  value: unknown,
  { read, describes, describesRead }: GuardTest,
  trial: GuardTrial,
): string | undefined {
  trial.tried += 1;
  let message: unknown;
  try {
    message = read(value);
  } catch (error) {
    return `thrown at, ${String(error)}`;
  }
  if (message === undefined) {
    trial.refused += 1;
    return describes(value) ? 'refused, though it is as described' : undefined;
  }
  trial.accepted += 1;
  if (!describesRead(message)) return 'let through, though what came out is not as described';
  return describes(value) ? undefined : 'let through, though it is not as described';
}

/** The names of all that every object and list has. */
function prototypes(): string {
  return [Object.prototype, Array.prototype, Function.prototype, String.prototype]
    .map((prototype) => Reflect.ownKeys(prototype).map(String).join())
    .join(';');
}
