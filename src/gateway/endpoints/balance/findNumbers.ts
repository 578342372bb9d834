import type { FoundNumber } from '../../../core/ports/balanceCheck';
import { numberIn } from './amountIn';

/** How many levels of a reply are searched, and how many numbers and fields are read at most. */
const most = { depth: 8, numbers: 100, fields: 5_000 };

/** The longest path that is offered, in UTF-16 units. */
const longestPath = 200;

/** Lists the numbers in a reply with the names that lead to them. Leaves out names with a dot, which no path can express. */
export function findNumbers(reply: unknown): readonly FoundNumber[] {
  const found: FoundNumber[] = [];
  let fields = 0;
  const search = (value: unknown, path: string, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > most.depth) return;
    for (const [name, inner] of Object.entries(value)) {
      fields += 1;
      if (fields > most.fields || found.length >= most.numbers) return;
      const here = path === '' ? name : `${path}.${name}`;
      if (name === '' || name.includes('.') || here.length > longestPath) continue;
      const number = numberIn(inner);
      if (number === undefined) search(inner, here, depth + 1);
      else found.push({ path: here, value: number });
    }
  };
  search(reply, '', 0);
  return found;
}
