/** The longest query that is read, in UTF-16 units. */
const longestQuery = 200;

/** The texts of a model that words are searched in. */
export interface ModelTexts {
  readonly name: string;
  readonly id: string;
  readonly gatewayName: string;
  readonly gatewayId: string;
}

/** A text as it is compared. */
interface FoldedText {
  readonly text: string;
  /** Only its letters and digits, so that "gpt4o" finds "gpt-4o". */
  readonly letters: string;
}

interface FoldedModel<Model> {
  readonly model: Model;
  readonly own: readonly FoldedText[];
  readonly gateway: readonly FoldedText[];
}

/** Finds models by words of their name, their id and their gateway, in any order. The texts are prepared once. */
export class ModelSearch<Model> {
  private readonly models: readonly FoldedModel<Model>[];

  constructor(models: readonly Model[], textsOf: (model: Model) => ModelTexts) {
    const gateways = new Map<string, FoldedText>();
    const gateway = (text: string): FoldedText => {
      const known = gateways.get(text) ?? fold(text);
      gateways.set(text, known);
      return known;
    };
    this.models = models.map((model) => {
      const { name, id, gatewayName, gatewayId } = textsOf(model);
      return {
        model,
        own: name === id ? [fold(id)] : [fold(name), fold(id)],
        gateway: [gateway(gatewayName), gateway(gatewayId)],
      };
    });
  }

  /**
   * Returns the models that contain every word of the query. A word may be a part of a longer one. The case of letters, their
   * width and their accents make no difference, and neither do hyphens and other punctuation in an id.
   *
   * @returns The best matches first; equally good ones in their original order. All models for a query without words.
   */
  find(query: string): readonly Model[] {
    const whole = fold(query.slice(0, longestQuery).trim());
    const words = whole.text
      .split(/\s+/u)
      .filter((word) => word !== '')
      .map((text) => ({ text, letters: lettersOf(text) }));
    if (words.length === 0) return this.models.map(({ model }) => model);
    const found: { readonly model: Model; readonly distance: number }[] = [];
    for (const folded of this.models) {
      const distance = distanceOf(folded, words, whole);
      if (distance !== undefined) found.push({ model: folded.model, distance });
    }
    return found.sort((one, other) => one.distance - other.distance).map(({ model }) => model);
  }
}

/** Undefined if a word is missing; otherwise a number that is smaller for a better match. */
function distanceOf(
  { own, gateway }: FoldedModel<unknown>,
  words: readonly FoldedText[],
  whole: FoldedText,
): number | undefined {
  if (own.some((text) => text.text === whole.text)) return -1;
  let sum = 0;
  for (const word of words) {
    const distance = Math.min(
      ...own.map((text) => placeOf(text, word)),
      ...gateway.map((text) => placeOf(text, word) + 4),
    );
    if (distance === Infinity) return undefined;
    sum += distance;
  }
  return sum;
}

/**
 * 0 for the whole text or all that follows its last slash, 1 for its beginning, 2 for the beginning of a part of it, 3 for any other
 * place; Infinity for no place.
 */
function placeOf(text: FoldedText, word: FoldedText): number {
  const at = text.text.indexOf(word.text);
  if (text.text === word.text || text.text.endsWith(`/${word.text}`)) return 0;
  if (at === 0) return 1;
  if (at > 0) return isPartStart(text.text, word.text, at) ? 2 : 3;
  if (word.letters === '') return Infinity;
  const found = text.letters.indexOf(word.letters);
  if (found === 0) return 1;
  return found > 0 ? 3 : Infinity;
}

function isPartStart(text: string, word: string, first: number): boolean {
  for (let at = first; at > 0; at = text.indexOf(word, at + 1))
    if (!/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
  return false;
}

/** Removes what makes no difference: case, accents, and the width of letters. */
function fold(given: string): FoldedText {
  const text = given
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ς', 'σ');
  return { text, letters: lettersOf(text) };
}

function lettersOf(folded: string): string {
  return folded.replaceAll(/[^\p{L}\p{N}]+/gu, '');
}
