import type { Token } from 'markdown-it';

/**
 * Whether the top-level list of these tokens is loose: a blank line stands between its items or
 * between the blocks of one item (CommonMark 5.3).
 *
 * Told from the lines and not from markdown-it's hidden paragraphs, because a list that is rendered
 * item by item must come to the same answer as one that is rendered whole.
 *
 * @param tokens Block tokens of the list, its opening token first, reference definitions included.
 * @param lines The lines of the source that the tokens came from.
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

/** Whether a list whose paragraphs markdown-it has marked is loose. */
export function isLooseList(tokens: readonly Token[], index: number): boolean {
  const level = tokens[index]?.level ?? 0;
  for (const token of tokens.slice(index + 1)) {
    if (token.level <= level) return false;
    if (token.type === 'paragraph_open' && token.level === level + 2 && !token.hidden) return true;
  }
  return false;
}
