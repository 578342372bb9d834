/**
 * Stands in for the packages `mdurl` and `punycode.js` in the webview. markdown-it calls them in the two functions that
 * `src/webview/markdown/parse/normalizeLink.ts` replaces, and nowhere else.
 */

/** @returns {never} */
function unused() {
  throw new Error('The address of a link is normalised in linkAddress.ts.');
}

export { unused as parse, unused as format, unused as encode, unused as decode };
export default { toASCII: unused, toUnicode: unused };
