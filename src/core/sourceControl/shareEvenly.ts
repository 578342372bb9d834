/**
 * Divides room among needs so that each gets as much as it needs, but not more than the others get: what a small need leaves over
 * goes to the larger ones. The sum of the shares is at most `room`.
 *
 * @returns A share for each need, in the same order.
 */
export function shareEvenly(needs: readonly number[], room: number): number[] {
  const shares = needs.map(() => 0);
  const byNeed = needs.map((need, index) => ({ need, index })).sort((one, other) => one.need - other.need);
  let left = room;
  for (const [position, { need, index }] of byNeed.entries()) {
    const share = Math.min(need, Math.floor(left / (byNeed.length - position)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}
