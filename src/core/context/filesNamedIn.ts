/** A file that a prompt names. */
export interface NamedByPrompt {
  /** The decoded path, without quotes and without a line or heading. */
  readonly path: string;
  /** `link` is relative to the prompt's own folder; `reference` (`#file:…`) is relative to the workspace's. */
  readonly form: 'link' | 'reference';
}

/** The most files that one prompt attaches. */
const mostFiles = 20;
const longestPath = 500;
/** `[text](path)` and `[text](<a path>)`, with or without a title after the path. A path may contain pairs of parentheses. */
const inlineLinks =
  /\[[^\]\n]{0,300}\]\([ \t]{0,20}(?:<([^<>\n]{1,500})>|((?:[^()<>\s]|\([^()<>\s]{0,100}\)){1,500}))(?:[ \t]{1,20}(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'))?[ \t]{0,20}\)/g;
/** `[name]: path` on a line of its own. */
const linkDefinitions = /^ {0,3}\[(?!\^)[^\]\n]{1,300}\]:[ \t]{0,20}(?:<([^<>\n]{1,500})>|(\S{1,500}))/gm;
/** `#file:path`, as in VS Code's chat and prompt files. A path with spaces is in quotes. */
const references =
  /(?<![\p{L}\p{N}_/#])#file:(?:"([^"\n]{1,500})"|'([^'\n]{1,500})'|`([^`\n]{1,500})`|([^\s"'`<>|*?]{1,500}))/gu;
/** Code blocks and code spans; links in them are examples. */
const code = /^(`{3,}|~{3,})[^\n]*\n[^]*?(?:^\1|$(?![^]))|`[^`\n]{1,1000}`/gm;

/**
 * Finds the files that a prompt links to in Markdown or names with `#file:`. Returns each file once, in the order of the text.
 * Leaves out web addresses, links within the page, and links in code.
 */
export function filesNamedIn(body: string): readonly NamedByPrompt[] {
  const prose = withoutCode(body);
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

/** Replaces code by spaces of the same length, so that positions stay the same. A reference in a code span still counts. */
function withoutCode(body: string): string {
  return body.replaceAll(code, (text) => ' '.repeat(text.length));
}

/** Returns undefined for a web address, a mail address and a link within the page. */
function linkPath(target: string): string | undefined {
  if (/^(?:[a-z][a-z0-9+.-]*:|#|\/\/|\\\\)/i.test(target) || target.length > longestPath) return undefined;
  const path = withoutPlace(target);
  try {
    return decodeURIComponent(path);
  } catch {
    // The percent sign is not an escape.
    return path;
  }
}

/** Removes `#L1-L3`, `#a-heading`, `:12` and `?plain=1` from the end. */
function withoutPlace(path: string): string {
  return path.replace(/[?#].*$/s, '').replace(/:\d+(?:[:-]\d+)?$/, '');
}

/** Removes punctuation that ends a sentence, or closes brackets, after a path. */
function withoutSentenceEnd(path: string): string {
  let end = path.length;
  while (end > 0 && '.,;:!?)]}，。；：！？）】」』》、'.includes(path.charAt(end - 1))) end -= 1;
  return path.slice(0, end);
}
