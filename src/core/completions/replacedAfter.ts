import { lineAfter, type CompletionPlace } from './completionPlace';
import { scanBrackets } from './scanBrackets';
import { traitsOf } from './traitsOf';

/** The longest row of brackets and quotes behind the cursor that a completion replaces, in UTF-16 units. */
const longest = 10;

/**
 * How many UTF-16 units after the cursor a completion replaces, because it has them, too. An editor adds `)` when the user types
 * `(`; a completion that ends with `);` then takes the place of this bracket.
 */
export function replacedAfter(text: string, place: CompletionPlace): number {
  const rest = lineAfter(place).trimEnd();
  if (rest === '' || rest.length > longest || text.includes('\n') || !/^[)\]}"'`]+$/.test(rest)) return 0;
  const quotes = rest.replaceAll(/[^"'`]/g, '');
  const brackets = rest.replaceAll(/["'`]/g, '');
  const { unopened } = scanBrackets(text, traitsOf(place.languageId).comment);
  const hasBrackets = unopened
    .map(({ bracket }) => bracket)
    .join('')
    .startsWith(brackets);
  const hasQuotes = quotes.split('').every((quote) => text.split(quote).length % 2 === 0);
  return hasBrackets && hasQuotes ? rest.length : 0;
}
