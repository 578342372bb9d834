import { isVisibleAscii, mayHoldUnseen, visibleParts } from '../../../shared/text/visibleParts';
import type { VisiblePart } from '../../../shared/text/visibleParts';
import { element } from './virtualNode';
import type { VirtualNode } from './virtualNode';

/** Characters that hide words in prose or reverse their order. Other invisible characters are normal in prose. */
const hiding = /[\u202d\u202e\u{e0000}-\u{e0fff}]/u;

/**
 * The attributes of the element around an invisible character. The style sheet displays its code point. The character
 * itself stays the element's text, so that a copy equals the source.
 */
export function markAttributes({
  code,
  name,
}: Extract<VisiblePart, { kind: 'unseen' }>): Readonly<Record<string, string>> {
  return { class: 'unseen', role: 'img', title: name, 'aria-label': name, 'data-code': code };
}

/** Describes code within a line and marks its invisible characters. */
export function codeNodes(text: string): VirtualNode[] {
  if (!mayHoldUnseen(text)) return [{ kind: 'text', text }];
  return nodesOf(visibleParts(text));
}

/** Describes words and marks only characters that hide others. Undefined if there is nothing to mark. */
export function proseNodes(text: string): VirtualNode[] | undefined {
  return !isVisibleAscii(text) && hiding.test(text)
    ? nodesOf(
        visibleParts(text).map((part) =>
          hiding.test(part.text) ? part : { kind: 'words', text: part.text },
        ),
      )
    : undefined;
}

/** The most marks in one text, so that a text full of them does not delay the page. */
const mostMarks = 400;

/**
 * The text with a box instead of each invisible character, for texts with too many of them or texts that are still
 * growing.
 */
export function withStandIns(text: string): string {
  if (!mayHoldUnseen(text)) return text;
  return visibleParts(text)
    .map((part) => (part.kind === 'unseen' ? '\u25af' : part.text))
    .join('');
}

function nodesOf(parts: readonly VisiblePart[]): VirtualNode[] {
  return parts.slice(0, mostMarks * 2).map((part, index) => {
    const isLast = index === mostMarks * 2 - 1;
    const rest = isLast ? parts.slice(index).map(({ text }) => text) : [part.text];
    const text: VirtualNode = { kind: 'text', text: isLast ? withStandIns(rest.join('')) : part.text };
    if (isLast) return text;
    return part.kind === 'words' ? text : element('span', markAttributes(part), [text]);
  });
}
