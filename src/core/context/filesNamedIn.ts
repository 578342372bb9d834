/** A file that a prompt names. */
export interface NamedByPrompt {
  /** As a person would type it: without percent signs for blanks, a place in the file, quotes. */
  readonly path: string;
  /** `link` is relative to the prompt's own folder; `reference` (`#file:…`) is relative to the workspace's. */
  readonly form: 'link' | 'reference';
}

/** How many files one prompt may bring along. */
const mostFiles = 20;
const longestPath = 500;
/** `[text](path)`, `[text](<a path>)`, either with a title behind the path. A path may hold pairs of parentheses. */
const inlineLinks =
  /\[[^\]\n]{0,300}\]\([ \t]{0,20}(?:<([^<>\n]{1,500})>|((?:[^()<>\s]|\([^()<>\s]{0,100}\)){1,500}))(?:[ \t]{1,20}(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'))?[ \t]{0,20}\)/g;
/** `[name]: path` on a line of its own. */
const linkDefinitions = /^ {0,3}\[(?!\^)[^\]\n]{1,300}\]:[ \t]{0,20}(?:<([^<>\n]{1,500})>|(\S{1,500}))/gm;
/** `#file:path`, as VS Code's chat and prompt files write it; quotes hold a path with blanks. */
const references =
  /(?<![\p{L}\p{N}_/#])#file:(?:"([^"\n]{1,500})"|'([^'\n]{1,500})'|`([^`\n]{1,500})`|([^\s"'`<>|*?]{1,500}))/gu;
/** Code shows what a link looks like; it links to nothing. */
const code = /^(`{3,}|~{3,})[^\n]*\n[^]*?(?:^\1|$(?![^]))|`[^`\n]{1,1000}`/gm;

/**
 * The files that a prompt links to in Markdown or names by `#file:`, each once, in their order. Leaves out web addresses,
 * places within the page, and what stands in code.
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

/** Code becomes blanks of the same length, so that places stay the same. A reference in a code span still counts. */
function withoutCode(body: string): string {
  return body.replaceAll(code, (text) => ' '.repeat(text.length));
}

/** Undefined for an address of the web, a mail address, another place of the page. */
function linkPath(target: string): string | undefined {
  if (/^(?:[a-z][a-z0-9+.-]*:|#|\/\/|\\\\)/i.test(target) || target.length > longestPath) return undefined;
  const path = withoutPlace(target);
  try {
    return decodeURIComponent(path);
  } catch {
    // A percent sign that means itself.
    return path;
  }
}

/** Cuts `#L1-L3`, `#a-heading`, `:12` and `?plain=1` off. */
function withoutPlace(path: string): string {
  return path.replace(/[?#].*$/s, '').replace(/:\d+(?:[:-]\d+)?$/, '');
}

/** A path at the end of a sentence, or in parentheses, does not end with their signs. */
function withoutSentenceEnd(path: string): string {
  let end = path.length;
  while (end > 0 && '.,;:!?)]}，。；：！？）】」』》、'.includes(path.charAt(end - 1))) end -= 1;
  return path.slice(0, end);
}
