import type { Token } from 'markdown-it';

/**
 * True if the top-level list of these tokens is loose: a blank line separates its items, or the blocks of one item
 * (CommonMark 0.31.2, section 5.3).
 *
 * The lines decide, not markdown-it's hidden paragraphs, because a list that is rendered item by item must give the
 * same result as one that is rendered whole.
 *
 * @param tokens Block tokens of the list, beginning with its opening token, reference definitions included.
 * @param lines The lines of the source of the tokens.
 */
export function topLevelListLooseness(tokens: readonly Token[], lines: readonly string[]): boolean {
  const items = tokens.filter((token) => token.type === 'list_item_open' && token.level === 1);
  const starts = items.slice(1).map((token) => token.map?.[0] ?? 0);
  let first = false;
  for (const token of tokens) {
    if (token.level === 1) first = true;
    if (token.level !== 2 || token.map === null || token.nesting === -1) continue;
    if (!first) starts.push(token.map[0]);
    first = false;
  }
  return starts.some((start) => start > 0 && (lines[start - 1] ?? '').trim() === '');
}

/** True if a list is loose whose paragraphs markdown-it has marked. */
export function isLooseList(tokens: readonly Token[], index: number): boolean {
  const level = tokens[index]?.level ?? 0;
  for (const token of tokens.slice(index + 1)) {
    if (token.level <= level) return false;
    if (token.type === 'paragraph_open' && token.level === level + 2 && !token.hidden) return true;
  }
  return false;
}
