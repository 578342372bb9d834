/** Parsing more objects and arrays than this would block the extension host for seconds. */
const mostValues = 1_000_000;

/**
 * Parses JSON from a gateway. Undefined if the text is not valid JSON, or has more than a million objects and arrays. Throws
 * nothing.
 */
export function parseReply(text: string): unknown {
  if (text.length > 2 * mostValues && hasTooManyValues(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Invalid JSON is not an error here. The caller decides what it means.
    return undefined;
  }
}

/** Also counts brackets inside strings: a text with a million of them is not an answer either. */
function hasTooManyValues(text: string): boolean {
  let count = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      count += 1;
      if (count > mostValues) return true;
    }
  }
  return false;
}

/**
 * A string (kept as it is), a word that JSON does not have, or a comma before a closing bracket. A string without a closing
 * quote matches up to the end of the text, so that the time stays linear.
 */
const oddity =
  /"(?:[^"\\]|\\[^])*(?:"|\\?$)|(?<![\w$.])(?:-?Infinity|-?NaN|undefined|None|True|False)(?![\w$])|,(?=\s*[}\]])/g;

/**
 * Parses the invalid JSON that some servers send: with `NaN`, `Infinity`, `undefined` or Python's `None`, `True`, `False` as
 * a value, or with a comma after the last item. Undefined if the text is invalid for another reason, or if it has none of
 * these (call `parseReply` first).
 */
export function parseLooseJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  const repaired = text.replaceAll(oddity, (found) => {
    if (found.startsWith('"')) return found;
    if (found === ',') return '';
    return found === 'True' ? 'true' : found === 'False' ? 'false' : 'null';
  });
  return repaired === text ? undefined : parseReply(repaired);
}
