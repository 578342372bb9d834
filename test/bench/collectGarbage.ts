import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Frees what nobody refers to any longer, so that the next measurement does not pay for the one before. */
export function collectGarbage(): void {
  collect();
}
