import type { HostileInput } from './hostileInputs';
import type { Finding } from './watch';

/**
 * Finds the inputs of a batch that did something, by trying halves of it.
 *
 * @returns A line for each finding, with the input that it is due to.
 */
export async function blame(
  batch: readonly HostileInput[],
  findings: readonly Finding[],
  attempt: (part: readonly HostileInput[]) => Promise<Finding[]>,
): Promise<string[]> {
  if (batch.length === 1) return describe(batch, findings);
  const middle = Math.ceil(batch.length / 2);
  const guilty: string[] = [];
  for (const half of [batch.slice(0, middle), batch.slice(middle)]) {
    const again = await attempt(half);
    if (again.length > 0) guilty.push(...(await blame(half, again, attempt)));
  }
  // What only all of them did together is due to all of them.
  return guilty.length > 0 ? guilty : describe(batch, findings);
}

function describe(batch: readonly HostileInput[], findings: readonly Finding[]): string[] {
  const names = batch.map(({ number, family }) => `${family} ${String(number)}`).join(', ');
  const [only] = batch;
  const text = batch.length === 1 && only !== undefined ? `: ${JSON.stringify(only.text.slice(0, 300))}` : '';
  const kinds = new Map(findings.map(({ kind, what }) => [`${kind}: ${what.slice(0, 200)}`, kind]));
  return [...kinds.keys()].slice(0, 5).map((what) => `${what} ← ${names}${text}`);
}
