import { readablePaste, readCurl } from './readCurl';

/**
 * Why a text cannot be a base URL. `scheme`: neither `http:` nor `https:`. `credentials`: a user name or a password.
 * `zone`: an IPv6 address that names a network interface, such as `fe80::1%eth0`.
 */
export type BaseUrlProblem = 'empty' | 'not-an-address' | 'scheme' | 'credentials' | 'fragment' | 'zone';

/** A base URL in Parley's normal form, or what is wrong with the text. */
type NormalisedBaseUrl =
  { readonly ok: true; readonly baseUrl: string } | { readonly ok: false; readonly problem: BaseUrlProblem };

/**
 * Finds the base URL in a pasted text: the address of an endpoint, a host without a scheme, a line of a settings file, a
 * whole curl command. `api.example.com` becomes `https://api.example.com/v1`, and `192.168.1.5:11434` becomes
 * `http://192.168.1.5:11434/v1`. Keeps an existing path and query. Does not change its own results.
 */
export function normaliseBaseUrl(text: string): NormalisedBaseUrl {
  const address = addressIn(text);
  if (address === '') return { ok: false, problem: 'empty' };
  if (/^(?:[a-z]+:\/\/)?\[?[\da-f:.]*:[\da-f:.]*%/i.test(address)) return { ok: false, problem: 'zone' };
  const url = parse(withScheme(address));
  if (url === undefined) return { ok: false, problem: 'not-an-address' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, problem: 'scheme' };
  // Words in another script without a dot are prose, not a host name.
  if (/^xn--[^.]*$/.test(url.hostname)) return { ok: false, problem: 'not-an-address' };
  // `https://host?@other`: the user may take `other` for the host.
  if (url.username !== '' || url.password !== '' || url.search.includes('@'))
    return { ok: false, problem: 'credentials' };
  if (url.hash !== '') return { ok: false, problem: 'fragment' };
  const path = withoutEndpoint(url.pathname);
  const query = withoutPunctuation(url.search);
  return { ok: true, baseUrl: `${url.origin}${path === '' ? '/v1' : path}${query.length > 1 ? query : ''}` };
}

/** The URL of an endpoint: `path` is added before the query of the base URL. Undefined if the base URL is invalid. */
export function endpointUrl(baseUrl: string, path: string): URL | undefined {
  const normalised = normaliseBaseUrl(baseUrl);
  if (!normalised.ok) return undefined;
  const url = new URL(normalised.baseUrl);
  url.pathname += path;
  return url;
}

/** The values in a base URL's query whose names show that they are secrets, such as `key` and `subscription-key`. */
export function secretsInQuery(baseUrl: string): readonly string[] {
  const parameters = [...(parse(baseUrl)?.searchParams ?? [])];
  return parameters.flatMap(([name, value]) =>
    /key|token|secret|sig|code|pass/i.test(name) && value !== '' ? [value] : [],
  );
}

/** Finds the address in a pasted text. */
function addressIn(text: string): string {
  // Stored addresses are plain. The first question waits for each regular expression below that it needs.
  if (/^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w.~-]+)*$/.test(text)) return text;
  const curl = readCurl(text);
  let pasted = curl === undefined ? readablePaste(text) : (curl.address ?? '');
  // `https//host`: the colon is missing.
  pasted = pasted.replace(/^(https?)\/\/(?=[^/])/i, '$1://');
  const startsWithScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(pasted);
  const within = startsWithScheme ? undefined : /https?:[\\/]/i.exec(pasted)?.index;
  if (within !== undefined) return cutAddress(pasted.slice(within));
  if (startsWithScheme) return cutAddress(pasted);
  const bare = pasted
    .replace(/^(?:(?:export|set|setx) |\$env:)?[a-z_][a-z\d_]{0,60} ?= ?/i, '')
    // `Base URL: host`, but not `localhost:8080`.
    .replace(/^[^:/.]{0,40}(?:: |(?<=[^\0-\x7f]):)(?!\d+$)/, '')
    .replace(/^["'`<(“‘「『《【]+/, '');
  return cutAddress(bare);
}

/** The text up to the end of an address: a space, a quote, a bracket, or the punctuation of a sentence. */
function cutAddress(text: string): string {
  const end = /["'`<>|”’」』》】]|\](?!:\d|[/?]|$)|、|[(,;!](?=[^\0-\x7f])|[,;!](?= |$)/.exec(text)?.index;
  const cut = (end === undefined ? text : text.slice(0, end)).trim();
  // Text after the address is removed. A text without an address stays whole, and is then rejected as invalid.
  const first = /^(\S*[.:/[]\S*) /.exec(cut)?.[1] ?? cut;
  const inBrackets = first.includes('(') || !first.endsWith(')') ? first : first.replace(/\)+$/, '');
  return inBrackets.replace(/[。｡]$/, '').replace(/#$/, '');
}

function withScheme(text: string): string {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return text;
  if (/^[\da-f]*:[\da-f:.]*:[\da-f.]*$/i.test(text)) return `http://[${text}]`;
  // `mailto:x` and `javascript:x` have a scheme, but `localhost:8080` is a host with a port.
  if (/^[a-z][a-z\d+.-]*:(?!\d)/i.test(text)) return text;
  const url = parse(`http://${text}`);
  return `${url !== undefined && isPrivate(url) ? 'http' : 'https'}://${text}`;
}

/**
 * True for addresses that only a private network reaches, where servers rarely have certificates: RFC 1918, RFC 4193,
 * RFC 6598, link-local addresses, names that end with `.local` and similar, names without a dot. Only used to guess a
 * scheme; it grants no permission.
 */
function isPrivate({ hostname, port }: URL): boolean {
  if (port === '443' || port === '8443') return false;
  return (
    /^(?:127|10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))(?:\.\d+)+$/.test(
      hostname,
    ) ||
    /^(?:0\.0\.0\.0|\[::1?\]|\[f[cd][\da-f]{2}:.*\]|\[fe[89ab][\da-f]:.*\])$/.test(hostname) ||
    /^[^.[\]]+\.?$|\.(?:local|lan|internal|localhost|localdomain|home\.arpa)\.?$/.test(hostname)
  );
}

/** Endpoints of OpenAI, of Anthropic and of compatible servers. */
const endpoint =
  /\/(?:chat\/completions|completions|models|embeddings|messages(?:\/count_tokens)?|responses|images\/(?:generations|edits|variations)|audio\/(?:speech|transcriptions|translations)|rerank|moderations)$/;

/** Paths that are endpoints only after a version: `/v1/chat`, `/v1/models/some-model`. */
const endpointOfVersion = /(?<=\/v\d+(?:beta)?)\/(?:chat|models\/[^/]+)$/;

/** Endpoints of Ollama's own API, which is not compatible with OpenAI's. */
const ollamaEndpoint = /^\/api\/(?:chat|generate|tags|ps|show|embed|embeddings|version|pull)$/;

function withoutEndpoint(path: string): string {
  let shorter = path;
  let before;
  do {
    before = shorter;
    shorter = withoutPunctuation(shorter.replace(/\/+$/, ''))
      .replace(ollamaEndpoint, '')
      .replace(endpoint, '')
      .replace(endpointOfVersion, '');
  } while (shorter !== before);
  return shorter;
}

/** Removes the punctuation of a sentence from the end. */
function withoutPunctuation(text: string): string {
  return text.replace(text.includes('(') ? /[.,;:!]+$/ : /[.,;:!)]+$/, '');
}

function parse(text: string): URL | undefined {
  return URL.parse(text) ?? undefined;
}
