import type { MarkdownIt, StateInline } from 'markdown-it';

/** The inline tags that are rendered, without attributes, and the longest content of each in characters. */
const longest: Readonly<Record<string, number>> = {
  ...{ sub: 100, sup: 100, kbd: 100, b: 1_000, strong: 1_000, i: 1_000, em: 1_000, u: 1_000 },
  ...{ mark: 1_000, s: 1_000, del: 1_000, ins: 1_000, small: 1_000 },
};
const tag = /<(\/?)([a-z]+)(?:\s[^<>]{0,200})?\/?>/iy;

/** The key under which an environment collects opening tags without a closing tag. */
const probeKey = Symbol('open tags');

/** Opening tags whose closing tag may still come. */
interface OpenTags {
  /** The text that is parsed. */
  readonly src: string;
  /**
   * The name, and the index of its text among the tokens. The name is empty for a tag inside a link, a picture or
   * another tag.
   */
  readonly tags: { readonly name: string; readonly token: number }[];
}

/** An environment that collects the unclosed tags in `src`. */
export function withTagProbe(
  env: StateInline['env'],
  src: string,
): [env: StateInline['env'], probe: OpenTags] {
  const probe: OpenTags = { src, tags: [] };
  return [{ ...env, [probeKey]: probe }, probe];
}

/** True if `text` ends with the beginning of a rendered tag, or with such a tag without content. */
export function endsInTag(text: string): boolean {
  const [, slash, name = '', , end] =
    /<(\/?)([a-z]*)(\s[^<>]{0,200})?(\/?>)?\s*$/i.exec(text.slice(-250)) ?? [];
  if (slash === undefined) return false;
  const known = name.toLowerCase();
  return end === undefined
    ? ['br', ...Object.keys(longest)].some((tagName) => tagName.startsWith(known))
    : slash === '' && Object.hasOwn(longest, known);
}

/**
 * Adds `<br>` and pairs of inline tags such as `<sub>` and `</sub>`. A tag with another name, or without its partner in
 * the same text, stays text. Only the name is used: Parley makes the elements itself, without attributes.
 */
export function addHtmlTags(parser: MarkdownIt): void {
  parser.inline.ruler.before('autolink', 'html_tag', readTag);
}

function readTag(state: StateInline, silent: boolean): boolean {
  const { pos, src, posMax } = state;
  const [source, slash, name] = tagAt(src, pos) ?? [];
  if (source === undefined || name === undefined || pos + source.length > posMax) return false;
  if (name === 'br') {
    if (!silent) state.push('hardbreak', 'br', 0);
    state.pos += source.length;
    // The line end after it does not make a second break.
    const [lineEnd = ''] =
      /^ {0,9}\n {0,9}/.exec(src.slice(state.pos, Math.min(posMax, state.pos + 20))) ?? [];
    state.pos += lineEnd.length;
    return true;
  }
  const limit = longest[name];
  if (slash !== '' || limit === undefined) return false;
  const start = pos + source.length;
  const close = findClose(state, name, start, start + limit);
  state.pos = pos;
  if (close === undefined) return !silent && src.length - start <= limit && noteOpen(state, name, source);
  if (close === null) return false;
  if (!silent) {
    state.push('tag_open', name, 1);
    state.pos = start;
    state.posMax = close.start;
    state.md.inline.tokenize(state);
    state.push('tag_close', name, -1);
    state.posMax = posMax;
  }
  state.pos = close.end;
  return true;
}

function tagAt(src: string, at: number): [source: string, slash: string, name: string] | undefined {
  if (src.charAt(at) !== '<') return undefined;
  tag.lastIndex = at;
  const [source, slash = '', name = ''] = tag.exec(src) ?? [];
  return source === undefined ? undefined : [source, slash, name.toLowerCase()];
}

/** Keeps an opening tag as text, and collects it if the environment asks for that. */
function noteOpen(state: StateInline, name: string, source: string): boolean {
  const probe = state.env[probeKey] as OpenTags | undefined;
  if (probe === undefined) return false;
  const isOutermost = state.src === probe.src && state.posMax === state.src.length;
  state.push('text', '', 0).content = source;
  probe.tags.push({ name: isOutermost ? name : '', token: state.tokens.length - 1 });
  state.pos += source.length;
  return true;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Finds the closing tag. Undefined if there is none yet, null if the text only mentions the tags: `<b> and </b>`. */
function findClose(state: StateInline, name: string, start: number, limit: number): Place | null | undefined {
  const { src, posMax } = state;
  state.pos = start;
  while (state.pos < posMax && state.pos <= limit) {
    const { pos } = state;
    const [source = '', slash, found] = tagAt(src, pos) ?? [];
    if (slash === '/' && found === name) {
      const content = src.slice(start, pos);
      const isMentioned =
        content === '' || (content.trim() !== '' && /^\s/.test(content) && /\s$/.test(content));
      const end = pos + source.length;
      return isMentioned ? null : end > posMax ? undefined : { start: pos, end };
    }
    state.md.inline.skipToken(state);
  }
  return undefined;
}
