import type { Env } from 'markdown-it';
import { inlineRemainder } from './markdownParser';
import type { Block } from './markdownParser';
import { alertKind } from './alerts';

/** Completes the markers of the text that the source ends with (see `completeInline`). */
export function completeLastText(blocks: readonly Block[], env: Env): void {
  const token = blocks.at(-1)?.tokens.findLast(({ nesting, content }) => nesting !== -1 && content !== '');
  if (token?.type !== 'inline' || alertKind(token.content) !== undefined) return;
  token.content = completeInline(token.content, env);
}

/**
 * Completes inline Markdown that is still being written, so that its raw markers do not flash:
 * `**bo` becomes `**bo**`, `` `co `` gets its closing backtick, `[text](htt` is shown as `text`.
 * Only for showing the tail of a stream; the final rendering never sees it.
 */
export function completeInline(content: string, env: Env): string {
  const { opensAt } = inlineRemainder(content, env);
  // A formula that is not closed yet is shown as it is written.
  if (opensAt < content.length) {
    const shown = content.slice(0, opensAt) + escapeMarkdown(content.slice(opensAt));
    return shown + inlineRemainder(shown, env).openMarkers.toReversed().join('');
  }
  // A link, or a picture, of which the address has not come to its end.
  const withoutLink = content.replace(/!?\[([^[\]\n]*)(?:\](?:\([^()\s]*(?:\s+"[^"\n]*)?)?)?$/, '$1');
  const withoutMarkers = withoutLink.replace(/(?:[*_~`]+|[*_~`]*<[^\s<>]*)$/, (markers, at: number) =>
    closesSomething(withoutLink, at, env) ? markers : '',
  );
  const trimmed = withoutMarkers.trimEnd();
  const { openMarkers, plainTexts } = inlineRemainder(trimmed, env);
  const backticks = plainTexts.join('\n').match(/`+/g)?.at(-1);
  if (backticks !== undefined && trimmed.lastIndexOf(backticks) < trimmed.length - backticks.length) {
    return trimmed + backticks;
  }
  return openMarkers.length === 0 ? withoutMarkers : trimmed + openMarkers.toReversed().join('');
}

/** Whether the markers at `at` close what was open before them. */
function closesSomething(content: string, at: number, env: Env): boolean {
  const before = inlineRemainder(content.slice(0, at), env);
  const after = inlineRemainder(content, env);
  const backticks = (texts: readonly string[]): number => texts.join('').split('`').length;
  return (
    after.openMarkers.length < before.openMarkers.length ||
    backticks(after.plainTexts) < backticks(before.plainTexts)
  );
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}
