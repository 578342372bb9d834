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
 */
export function completeLastText(blocks: readonly Block[], env: Env, source: string): void {
  const tokens = blocks.at(-1)?.tokens ?? [];
  const token = tokens.findLast(({ nesting, content }) => nesting !== -1 && content !== '');
  if (token?.type !== 'inline' || tokens[0]?.meta?.['isClosed'] === true) return;
  // The marker of an alert is a line of its own.
  const start = alertKind(token.content) === undefined ? 0 : token.content.indexOf('\n') + 1;
  if (start === 0 && alertKind(token.content) !== undefined) return;
  const content = token.content.slice(start);
  const certain = /\s$/.test(source) ? content : withoutUndecided(content);
  token.content = token.content.slice(0, start) + completeInline(certain, env);
}

/** A dollar sign that is a price if a digit follows; after it, the beginning of `$n$th`. */
const dollarAtEnd = /(?<![$\\])\$(?:s|st?|nd?|rd?|th?)?$/;
/** The beginnings of an entity, a footnote's reference, a numbered link or an interval, and a picture. */
const beginningAtEnd =
  /(?:&(?:#x?)?[a-z0-9]{0,31}|\[\^[^\s[\]^]{0,100}|(?<![\w\])])!?\[[\d.-]{0,20}\]?|(?<!\S)!)$/i;

/** Takes off what means something else with the next character. */
function withoutUndecided(content: string): string {
  const end = content.slice(-140);
  const [backslashes = ''] = /\\{1,99}$/.exec(end) ?? [];
  const [undecided = ''] = dollarAtEnd.exec(end) ?? beginningAtEnd.exec(end) ?? [];
  const cut = backslashes.length % 2 === 1 ? 1 : undecided.length;
  return content.slice(0, content.length - cut);
}

/**
 * Completes inline Markdown that is still being written, so that its raw markers do not flash:
 * `**bo` becomes `**bo**`, `` `co `` gets its closing backtick, `[text](htt` is shown as `text`.
 * Only for showing the tail of a stream; the final rendering never sees it.
 */
export function completeInline(content: string, env: Env): string {
  // Most of a text has none of these, and is complete as it is.
  if (!/[*_~`$\\<[]/.test(content)) return content;
  const remainder = inlineRemainder(content, env);
  const { opensAt } = remainder;
  // A formula that is not closed yet is shown as it is written.
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

/** Takes markers off the end that close nothing. */
function withoutOpenMarkers(content: string, env: Env): string {
  let rest = content;
  // More than four kinds of markers do not meet.
  for (let round = 0; round < 4; round += 1) {
    const [markers = ''] =
      /(?<!\\)(?:\*{1,99}(?:\/|\.)?|_{1,99}|~{1,99}|`{1,99}|<[^\s<>]*)$/.exec(rest.slice(-200)) ?? [];
    if (markers === '' || closesSomething(rest, rest.length - markers.length, env)) break;
    rest = rest.slice(0, rest.length - markers.length);
  }
  return rest;
}

/** Whether the markers at `at` close what was open before them. */
function closesSomething(content: string, at: number, env: Env): boolean {
  const before = inlineRemainder(content.slice(0, at), env);
  if (content.charAt(at) === '`') return openBackticks(before.plainTexts) === content.slice(at);
  return inlineRemainder(content, env).openMarkers.length < before.openMarkers.length;
}

/** The first backticks that begin code which is not closed. */
function openBackticks(plainTexts: readonly string[]): string | undefined {
  return /`+/.exec(plainTexts.join('\n'))?.[0];
}

/** As entities: a backslash before a bracket would begin a formula. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[!-/:-@[-`{-~]/g, (mark) => `&#${String(mark.charCodeAt(0))};`);
}
