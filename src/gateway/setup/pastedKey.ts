import { readablePaste, readCurl } from './readCurl';

/**
 * Why a pasted text is not a key. `address`: a URL. `masked`: the shortened form that a gateway's page shows. `placeholder`:
 * an example from documentation. `characters`: a character that no header may contain.
 */
export type KeyProblem = 'empty' | 'address' | 'masked' | 'placeholder' | 'characters';

/** A key, with the header that a pasted command sends it in; or what is wrong with the text. */
export type PastedKey =
  | { readonly ok: true; readonly key: string; readonly header?: string }
  | { readonly ok: false; readonly problem: KeyProblem };

/** Headers for keys, other than `Authorization`. */
const keyHeader = /^(x-(?:goog-)?api-key|api-key|apikey|(?:ocp-apim-)?subscription-key|x-auth-token) ?: ?/i;

/**
 * Finds the key in a pasted text: `Bearer sk-…`, `Authorization: Bearer sk-…`, `export OPENAI_API_KEY="sk-…"`,
 * `-H "api-key: …"`, a line of JSON, a whole curl command. Returns a plain key unchanged.
 */
export function readPastedKey(text: string): PastedKey {
  const curl = readCurl(text);
  const header = curl?.headers.find((line) => /^authorization ?:/i.test(line) || keyHeader.test(line));
  const pasted = curl === undefined ? readablePaste(text) : (header ?? '');
  const { rest, name } = withoutLabels(pasted);
  const problem = problemOf(rest);
  if (problem !== undefined) return { ok: false, problem };
  return { ok: true, key: rest, ...(name !== undefined && { header: name }) };
}

/** Text that may come before a key; each expression matches at the start. */
const labels: readonly RegExp[] = [
  /^(?:-H|--header)[ =]?(?=["'a-z])/i,
  /^(?:proxy-)?authorization["']? ?[:=] ?/i,
  /^(?:bearer|token)(?: +|$)/i,
  // An assignment: `export NAME=`, `$env:NAME = `, or only the name of a key.
  /^(?:(?:export|set|setx) +|\$env:)[a-z_]\w{0,80} ?[= ] ?/i,
  /^[A-Z][A-Z\d_]{1,80} ?= ?(?=\S{8})/,
  /^["']?[a-z_-]{0,40}(?:key|token|secret)["']? ?[:=] ?(?=["'\w]\S{7})/i,
  /^(?:api|secret|access) (?:key|token) ?[:=]? /i,
  /^[^\0-\x7f][^\x21-\x7e]{0,20}(?:(?:api )?key)?[^\x21-\x7e]{0,5}[:=]? ?(?=[\x21-\x7e]{8})/i,
];

/** The text without labels before it and without quotes around it. `name` is the header that one of the labels names. */
function withoutLabels(text: string): { readonly rest: string; readonly name?: string } {
  let rest = text;
  let name: string | undefined;
  let before;
  do {
    before = rest;
    rest = rest
      .replace(/^["'`“”‘’「」『』【】《》]+/, '')
      .replace(/["'`“”‘’「」『』【】《》,;，；。]+$/, '')
      .trim();
    if (/^<[^<> ]{16,}>$/.test(rest)) rest = rest.slice(1, -1);
    const header = keyHeader.exec(rest);
    if (header !== null && rest.length > header[0].length) {
      name = header[1];
      rest = rest.slice(header[0].length);
    }
    for (const label of labels) rest = rest.replace(label, '');
  } while (rest !== before);
  return { rest, ...(name !== undefined && { name }) };
}

function problemOf(key: string): KeyProblem | undefined {
  if (key === '') return 'empty';
  if (/^https?:\/\//i.test(key)) return 'address';
  if (/[*•●·]{3}|\.{3}|…/.test(key)) return 'masked';
  if (
    /^(?:<.*>|\{\{?.*\}\}?|\$\{?\w+\}?|%\w+%|(?:sk-)?x{4,}|(?:sk-)?your[-_ ].*|.*(?:your|你的|您的)[-_ ]?(?:api[-_ ]?)?(?:key|token|密钥).*)$/i.test(
      key,
    )
  )
    return 'placeholder';
  return /^[\x21-\x7e]+$/.test(key) ? undefined : 'characters';
}
