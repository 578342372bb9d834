import type { Env } from 'markdown-it';
import { inlineRemainder } from '../parse/parseBlocks';
import type { Block } from '../parse/parseBlocks';
import { alertKind } from '../render/alertElement';
import { endsInTag } from '../parse/addHtmlTags';
import { withoutOpenLink } from './withoutOpenLink';

/**
 * Completes the text that the source ends with (see `completeInline`).
 *
 * @param source The source of the blocks.
 * @returns True if that text is in a paragraph or a heading and was complete already.
 */
export function completeLastText(blocks: readonly Block[], env: Env, source: string): boolean {
  const tokens = blocks.at(-1)?.tokens ?? [];
  const index = tokens.findLastIndex(({ nesting, content }) => nesting !== -1 && content !== '');
  const token = tokens[index];
  if (token?.type !== 'inline' || tokens[0]?.meta?.['isClosed'] === true) return false;
  // The marker of an alert is a line of its own.
  const start = alertKind(token.content) === undefined ? 0 : token.content.indexOf('\n') + 1;
  if (start === 0 && alertKind(token.content) !== undefined) return false;
  const content = token.content.slice(start);
  const certain = /\s$/.test(source) ? content : withoutUndecided(content);
  const completed = completeInline(certain, env);
  token.content = token.content.slice(0, start) + completed;
  return completed === content && textParents.has(tokens[index - 1]?.type ?? '');
}

/** The blocks whose text is a part of no larger structure, such as a table. */
const textParents: ReadonlySet<string> = new Set(['paragraph_open', 'heading_open']);

/** A dollar sign that becomes a price if a digit follows, or the beginning of a formula such as `$n$th`. */
const dollarAtEnd = /(?<![$\\])\$(?:s|st?|nd?|rd?|th?)?$/;
/** The beginning of an entity, of a footnote reference, of a numbered link or an interval, or of a picture. */
const beginningAtEnd =
  /(?:&(?:#x?)?[a-z0-9]{0,31}|\[\^[^\s[\]^]{0,100}|(?<![\w\])])!?\[[\d.-]{0,20}\]?|(?<!\S)!)$/i;

/** Removes an end whose meaning the next character could change. */
function withoutUndecided(content: string): string {
  const end = content.slice(-140);
  const [backslashes = ''] = /\\{1,99}$/.exec(end) ?? [];
  const [undecided = ''] = dollarAtEnd.exec(end) ?? beginningAtEnd.exec(end) ?? [];
  const cut = backslashes.length % 2 === 1 ? 1 : undecided.length;
  return content.slice(0, content.length - cut);
}

/**
 * Completes inline Markdown that is still being written, so that its raw markers do not flash:
 * `**bo` becomes `**bo**`, `` `co `` gets its closing backtick, and `[text](htt` becomes `text`.
 * The result is only displayed until more text arrives; it is never part of the final rendering.
 */
export function completeInline(content: string, env: Env): string {
  // Most text has none of these markers and is already complete.
  if (!/[*_~`$\\<[]/.test(content)) return content;
  const remainder = inlineRemainder(content, env);
  const { opensAt } = remainder;
  // An unclosed formula is displayed as its source.
  if (opensAt < content.length) {
    const shown = content.slice(0, opensAt) + escapeMarkdown(content.slice(opensAt));
    return shown + inlineRemainder(shown, env).openMarkers.toReversed().join('');
  }
  const withoutTag = endsInTag(content) ? content.slice(0, content.lastIndexOf('<')) : content;
  const withoutLink = withoutOpenLink(withoutTag);
  const withoutMarkers = withoutOpenMarkers(withoutLink, env);
  const trimmed = withoutMarkers.trimEnd();
  const { openMarkers, plainTexts } = trimmed === content ? remainder : inlineRemainder(trimmed, env);
  const backticks = openBackticks(plainTexts);
  if (backticks !== undefined && trimmed.lastIndexOf(backticks) < trimmed.length - backticks.length) {
    const closed = trimmed + backticks;
    return closed + inlineRemainder(closed, env).openMarkers.toReversed().join('');
  }
  return openMarkers.length === 0 ? withoutMarkers : trimmed + openMarkers.toReversed().join('');
}

/** Removes markers at the end that close nothing. */
function withoutOpenMarkers(content: string, env: Env): string {
  let rest = content;
  // At most four kinds of markers can follow each other.
  for (let round = 0; round < 4; round += 1) {
    const [markers = ''] =
      /(?<!\\)(?:\*{1,99}(?:\/|\.)?|_{1,99}|~{1,99}|`{1,99}|<[^\s<>]*)$/.exec(rest.slice(-200)) ?? [];
    if (markers === '' || closesSomething(rest, rest.length - markers.length, env)) break;
    rest = rest.slice(0, rest.length - markers.length);
  }
  return rest;
}

/** True if the markers at `at` close markers that were opened before them. */
function closesSomething(content: string, at: number, env: Env): boolean {
  const before = inlineRemainder(content.slice(0, at), env);
  if (content.charAt(at) === '`') return openBackticks(before.plainTexts) === content.slice(at);
  return inlineRemainder(content, env).openMarkers.length < before.openMarkers.length;
}

/** The first backticks that open a code span without closing it. */
function openBackticks(plainTexts: readonly string[]): string | undefined {
  return /`+/.exec(plainTexts.join('\n'))?.[0];
}

/** Escapes punctuation as entities, because a backslash before a bracket would begin a formula. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[!-/:-@[-`{-~]/g, (mark) => `&#${String(mark.charCodeAt(0))};`);
}
