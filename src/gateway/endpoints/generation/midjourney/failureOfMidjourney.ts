import type { Failure, FailureKind } from '../../../../shared/failure/failure';
import { classifyRefusal } from '../../../failures/classifyRefusal';
import { failureOf, type Call } from '../../../failures/failureOf';

/** What the codes of a refused submission mean (midjourney-proxy, New API). 4 is New API's code for everything else. */
const kinds: ReadonlyMap<number, FailureKind> = new Map([
  [3, 'gateway-error'],
  [4, 'bad-request'],
  [9, 'gateway-error'],
  [23, 'rate-limited'],
  [24, 'prompt-refused'],
  [25, 'payment-required'],
  [30, 'rate-limited'],
]);
/** Codes that say enough without their words. */
const plain: ReadonlySet<number> = new Set([23, 24, 25, 30]);

/** The failure of a submission that was refused, which is not billed. */
export function failureOfMidjourney(
  call: Call,
  status: number,
  { code, words }: { readonly code: number; readonly words: string },
): Failure {
  const told = plain.has(code)
    ? undefined
    : classifyRefusal({ status: 200, codes: [words.slice(0, 200).toLowerCase()], words });
  return failureOf(call, told ?? kinds.get(code) ?? 'gateway-error', { status, detail: words });
}
