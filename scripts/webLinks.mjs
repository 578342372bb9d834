/**
 * Stands in for the package `linkify-it` in the webview, which finds every kind of address and is 11 KB: Parley links only
 * `http://`, `https://` and `mailto:` where they are written out.
 *
 * Where an address ends: at white space, at quotation marks, `<`, `>`, `|`, backticks and the punctuation of East Asian texts;
 * at an East Asian letter, unless it follows `/`, `=`, `-`, `_`, `.` or its like. Punctuation and brackets that it does not
 * open itself, at its end, belong to the sentence.
 */

const stop = String.raw`\s<>"'|${'`'}\p{Z}\p{Cc}“”‘’…—`;
const wide = String.raw`\u2e80-\u303f\u3040-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe10-\ufe6f\uff00-\uffef`;
const wideLetters = String.raw`[\u3040-\u30ff\u3400-\ua4cf\uac00-\ud7af\uf900-\ufaff]`;
const source = `(?<![a-z0-9])(?:https?://(?=[^/?#.,:;!\\s]|[${wide}])|mailto:(?=[^\\s@]{1,64}@[^\\s@.]))(?:[^${stop}${wide}]|(?<=[/?#=&_.\\-%]|${wideLetters})${wideLetters})+`;
const anywhere = new RegExp(source, 'giu');
const atStart = new RegExp(source, 'iuy');

/**
 * @typedef {object} Link
 * @property {string} schema
 * @property {number} index
 * @property {number} lastIndex
 * @property {string} text
 * @property {string} url
 */

/** Finds the addresses in a text. The methods are those that markdown-it calls. */
export class LinkifyIt {
  /** Settings have no effect. */
  set() {
    return this;
  }

  /** Schemes are fixed. */
  add() {
    return this;
  }

  /**
   * @param {string} text
   * @returns {boolean}
   */
  test(text) {
    return this.match(text) !== null;
  }

  /**
   * @param {string} text
   * @returns {Link[] | null}
   */
  match(text) {
    if (!text.includes('://') && !/mailto:/i.test(text)) return null;
    const links = [...text.matchAll(anywhere)].flatMap(({ 0: found, index }) => linkAt(found, index));
    return links.length === 0 ? null : links;
  }

  /**
   * @param {string} text
   * @returns {Link | null}
   */
  matchAtStart(text) {
    atStart.lastIndex = 0;
    const [found] = atStart.exec(text) ?? [];
    return found === undefined ? null : (linkAt(found, 0)[0] ?? null);
  }
}

/**
 * @param {string} found
 * @param {number} index
 * @returns {Link[]}
 */
function linkAt(found, index) {
  const url = found.slice(0, endOf(found));
  const [schema = ''] = /^\w+:/.exec(url) ?? [];
  if (url.length <= schema.length + 2) return [];
  return [{ schema, index, lastIndex: index + url.length, text: url, url }];
}

/**
 * Where an address ends that is followed by punctuation. Brackets are counted once.
 *
 * @param {string} found
 * @returns {number}
 */
function endOf(found) {
  const pairs = { ')': '(', ']': '[', '}': '{' };
  /** @type {Record<string, number>} */
  const depth = { '(': 0, '[': 0, '{': 0 };
  for (let at = 0; at < found.length; at += 1) {
    const character = found.charAt(at);
    if (character in depth) depth[character] = (depth[character] ?? 0) + 1;
    const opening = Object.hasOwn(pairs, character) ? pairs[/** @type {')'} */ (character)] : undefined;
    if (opening === undefined) continue;
    // The bracket was opened before the address.
    if ((depth[opening] ?? 0) === 0) return trimmedEnd(found, at);
    depth[opening] = (depth[opening] ?? 0) - 1;
  }
  return trimmedEnd(found, found.length);
}

/**
 * @param {string} found
 * @param {number} end
 * @returns {number}
 */
function trimmedEnd(found, end) {
  let at = end;
  while (at > 0 && '.,;:!?*_~([{'.includes(found.charAt(at - 1))) at -= 1;
  return at;
}
