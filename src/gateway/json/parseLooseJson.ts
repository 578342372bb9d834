import { parseReply } from './parseReply';

/**
 * What stands where JSON has no such word, a string that must be left as it is, or a comma before a closing bracket. A
 * string without its end reaches to the end of the text, so that no character is looked at twice.
 */
const oddity =
  /"(?:[^"\\]|\\[^])*(?:"|\\?$)|(?<![\w$.])(?:-?Infinity|-?NaN|undefined|None|True|False)(?![\w$])|,(?=\s*[}\]])/g;

/**
 * Parses JSON as some servers write it: with `NaN`, `Infinity`, `undefined` or Python's `None`, `True`, `False` for a
 * value, or with a comma after the last item. Undefined when the text is not JSON for any other reason.
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
