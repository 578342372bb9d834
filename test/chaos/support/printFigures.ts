/**
 * Tells what a chaos suite has tried and found, on one line: `chaos durability: 10,000 kills · 0 messages lost`. The
 * README's reliability section quotes these lines.
 *
 * @param suite Name of the suite.
 * @param figures What was counted → how many; text stands as it is.
 */
export function printFigures(suite: string, figures: Readonly<Record<string, number | string>>): void {
  const parts = Object.entries(figures).map(
    ([what, amount]) => `${typeof amount === 'number' ? amount.toLocaleString('en-US') : amount} ${what}`,
  );
  console.log(`chaos ${suite}: ${parts.join(' · ')}`);
}
