const width = 256;

/**
 * Answers a request to `/v1/embeddings` with vectors that count words: texts with the same words are similar.
 *
 * @param {{ model?: unknown, input?: unknown }} body
 * @returns {{ object: 'list', model: unknown, data: { object: 'embedding', index: number, embedding: number[] }[], usage: { prompt_tokens: number, total_tokens: number } }}
 */
export function embedTexts({ model, input }) {
  const texts = (Array.isArray(input) ? input : [input]).map(String);
  const tokens = Math.ceil(texts.join('').length / 4);
  return {
    object: 'list',
    model,
    data: texts.map((text, index) => ({ object: 'embedding', index, embedding: countWords(text) })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

/**
 * @param {string} text
 * @returns {number[]} One count for each of 256 groups of words.
 */
function countWords(text) {
  const counts = Array.from({ length: width }, () => 0);
  for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu)) {
    let hash = 0;
    for (const character of word) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
    counts[hash % width] = (counts[hash % width] ?? 0) + 1;
  }
  return counts;
}
