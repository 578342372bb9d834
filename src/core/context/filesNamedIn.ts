import { blankCode } from '../text/withoutCode';

/** A file that a prompt file links to or names. */
interface NamedByPrompt {
  /** The decoded path, without quotes and without a position in the file. */
  readonly path: string;
  /** `link`: `path` is relative to the folder of the prompt file. `reference` (`#file:…`): relative to the workspace folder. */
  readonly form: 'link' | 'reference';
}

/** Most files that one prompt may attach. */
const mostFiles = 20;
const longestPath = 500;
/** `[text](path)` or `[text](<a path>)`, both with an optional title after the path. A path may hold pairs of parentheses. */
const inlineLinks =
  /\[[^\]\n]{0,300}\]\([ \t]{0,20}(?:<([^<>\n]{1,500})>|((?:[^()<>\s]|\([^()<>\s]{0,100}\)){1,500}))(?:[ \t]{1,20}(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'))?[ \t]{0,20}\)/g;
/** `[name]: path` on a line of its own. */
const linkDefinitions = /^ {0,3}\[(?!\^)[^\]\n]{1,300}\]:[ \t]{0,20}(?:<([^<>\n]{1,500})>|(\S{1,500}))/gm;
/** `#file:path`, as in VS Code's chat and prompt files. Quotes enclose a path with spaces. */
const references =
  /(?<![\p{L}\p{N}_/#])#file:(?:"([^"\n]{1,500})"|'([^'\n]{1,500})'|`([^`\n]{1,500})`|([^\s"'`<>|*?]{1,500}))/gu;

/**
 * The files that a prompt file links to in Markdown or names with `#file:`: each once, in the order of the text, at most 20.
 * Ignores URLs, anchors in the same page, and code.
 */
export function filesNamedIn(body: string): readonly NamedByPrompt[] {
  // A link in code is only an example, but `#file:` counts in code too.
  const prose = blankCode(body);
  const links = [...prose.matchAll(inlineLinks), ...prose.matchAll(linkDefinitions)];
  const found = [
    ...links.map((match) => ({
      at: match.index,
      form: 'link' as const,
      path: linkPath(match[1] ?? match[2] ?? ''),
    })),
    ...[...body.matchAll(references)].map((match) => ({
      at: match.index,
      form: 'reference' as const,
      path: match[1] ?? match[2] ?? match[3] ?? withoutSentenceEnd(withoutPlace(match[4] ?? '')),
    })),
  ].toSorted((left, right) => left.at - right.at);
  const files = new Map<string, NamedByPrompt>();
  for (const { path, form } of found)
    if (path !== undefined && path !== '') files.set(`${form} ${path}`, { path, form });
  return [...files.values()].slice(0, mostFiles);
}

/** The path of a link; undefined for a URL, a mail address or an anchor in the same page. */
function linkPath(target: string): string | undefined {
  if (/^(?:[a-z][a-z0-9+.-]*:|#|\/\/|\\\\)/i.test(target) || target.length > longestPath) return undefined;
  const path = withoutPlace(target);
  try {
    return decodeURIComponent(path);
  } catch {
    // A percent sign that is no escape: the path is not encoded.
    return path;
  }
}

/** Removes a position or a query: `#L1-L3`, `#a-heading`, `:12`, `?plain=1`. */
function withoutPlace(path: string): string {
  return path.replace(/[?#].*$/s, '').replace(/:\d+(?:[:-]\d+)?$/, '');
}

/** Removes the punctuation of the sentence or the parentheses around a path. */
function withoutSentenceEnd(path: string): string {
  let end = path.length;
  while (end > 0 && '.,;:!?)]}，。；：！？）】」』》、'.includes(path.charAt(end - 1))) end -= 1;
  return path.slice(0, end);
}
