/// <reference lib="dom" />
/** Stands in for the package `entities` in the webview: the browser knows the names already, and needs no table of 24 KB. */

/** @type {Map<string, string>} */
const known = new Map();

/**
 * Decodes named character references that end with a semicolon; what is none stays.
 *
 * @param {string} text
 * @returns {string}
 */
export function decodeHTMLStrict(text) {
  return text.replaceAll(/&[a-z][a-z0-9]{1,31};/gi, (reference) => {
    const decoded = known.get(reference) ?? decode(reference);
    known.set(reference, decoded);
    return decoded;
  });
}

/* global DOMParser -- this text runs in the panel */
/** @param {string} reference */
function decode(reference) {
  // The dot keeps white space from being dropped at the beginning of a page.
  const text = new DOMParser().parseFromString(`<body>.${reference}`, 'text/html').body.textContent.slice(1);
  // For old pages browsers also decode a name that only begins the word: `&notit;` is none.
  return text.endsWith(';') && text !== ';' ? reference : text;
}
