/** When a task was last asked about, and how that went. */
interface LookFacts {
  /** Milliseconds since the submission. */
  readonly age: number;
  /** How often the gateway was asked so far in this run. */
  readonly looks: number;
  /** How many of the last questions in a row brought no answer. */
  readonly troubles: number;
  /** The wait in seconds that the gateway asks for. */
  readonly retryAfter: number | undefined;
}

/** The longest wait after questions without an answer, in milliseconds. */
const longestBackoff = 60_000;

/**
 * The wait before the next question about a task, in milliseconds: 2 to 3 s after the submission, then every 5 s up to 30 s, every
 * 10 s up to 2 minutes, then every 30 s, each 20 % more or less. Gateways with New API's software look at the task itself only every
 * 15 s, so more questions would only use up the limit for requests.
 *
 * @param random In [0, 1).
 */
export function nextLook({ age, looks, troubles, retryAfter = 0 }: LookFacts, random: number): number {
  const least = retryAfter * 1_000;
  if (looks === 0) return Math.max(least, 2_000 + 1_000 * random - age, 0);
  const usual = (age < 30_000 ? 5_000 : age < 120_000 ? 10_000 : 30_000) * (0.8 + 0.4 * random);
  return Math.max(least, usual, Math.min(longestBackoff, usual * 2 ** Math.min(troubles, 10)));
}
