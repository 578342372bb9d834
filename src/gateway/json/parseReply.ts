/** More values than any reply has; parsing them would stop the extension host for seconds. */
const mostValues = 1_000_000;

/**
 * Parses what a gateway sent. Undefined when it is no JSON (which itself has no undefined), or has more than a million
 * objects and lists.
 */
export function parseReply(text: string): unknown {
  if (text.length > 2 * mostValues && hasTooManyValues(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // What is no JSON is no error here: the caller says what it is then.
    return undefined;
  }
}

/** Brackets within strings count, too: such a text is no answer either. */
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
