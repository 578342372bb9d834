import { links, someAddress } from './inputs/addresses';
import { characters } from './inputs/characters';
import { code } from './inputs/code';
import { depth, soup } from './inputs/depth';
import { html } from './inputs/html';
import { math } from './inputs/math';
import { mermaid } from './inputs/mermaid';
import { samples } from './inputs/samples';
import type { Bait, Family, Vector } from './inputs/vector';
import { createRandom, type Random } from './random';

/** One hostile text, and an address to go with it where an answer has one. */
export interface HostileInput {
  /** Its place in the list, which its bait names, too. */
  readonly number: number;
  readonly family: string;
  readonly text: string;
  readonly address: string;
}

/** How many inputs to make. */
export interface Amount {
  readonly total: number;
  /** How many of the chosen ones are among them, beside the samples; the rest is generated. */
  readonly chosen: number;
}

const families: readonly Family[] = [html, links, math, mermaid, characters, code, depth, soup];
const neutral: Bait = { script: 'script', url: 'url', host: 'host' };

/**
 * Makes hostile inputs, each different from all others also without its bait. The same seed makes the same ones.
 *
 * @param baitOf The bait of the input with this number.
 */
export function hostileInputs(
  amount: Amount,
  seed: number,
  baitOf: (number: number) => Bait,
): HostileInput[] {
  const random = createRandom(seed);
  const seen = new Set<string>();
  const inputs: HostileInput[] = [];
  const add = (family: Family, vector: Vector): boolean => {
    const written = vector(neutral);
    if (seen.has(written)) return false;
    seen.add(written);
    const bait = baitOf(inputs.length);
    const address = (family.address ?? someAddress(random))(bait);
    inputs.push({ number: inputs.length, family: family.name, text: vector(bait), address });
    return true;
  };
  for (const vector of samples.chosen) add(samples, vector);
  for (const { family, vector } of someChosen(amount.chosen, random)) add(family, vector);
  const shares = families.reduce((sum, { share }) => sum + share, 0);
  while (inputs.length < amount.total) {
    let place = random.number(shares);
    const family = families.find(({ share }) => (place -= share) < 0);
    if (family !== undefined) add(family, family.generate(random));
  }
  return inputs;
}

/** All chosen inputs when there are no more than `most`, else as many, from every family and by the seed. */
function someChosen(most: number, random: Random): { family: Family; vector: Vector }[] {
  const all = families.flatMap((family) => family.chosen.map((vector) => ({ family, vector })));
  while (all.length > most) all.splice(random.number(all.length), 1);
  return all;
}
