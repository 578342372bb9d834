import { mayHoldUnseen, visibleParts } from '../../../shared/text/visibleParts';
import type { VisiblePart } from '../../../shared/text/visibleParts';
import { element } from './virtualNode';
import type { VirtualNode } from './virtualNode';

/** Characters in prose that hide words or turn their order around; others are ordinary there. */
const hiding = /[\u202d\u202e\u{e0000}-\u{e0fff}]/u;

/**
 * The attributes of the element around a character that is not seen. The style sheet shows its number; the character
 * itself stays the element's text, so that what is copied is what was written.
 */
export function markAttributes({
  code,
  name,
}: Extract<VisiblePart, { kind: 'unseen' }>): Readonly<Record<string, string>> {
  return { class: 'unseen', role: 'img', title: name, 'aria-label': name, 'data-code': code };
}

/** Describes code within a line, with what is not seen in it marked. */
export function codeNodes(text: string): VirtualNode[] {
  if (!mayHoldUnseen(text)) return [{ kind: 'text', text }];
  return nodesOf(visibleParts(text));
}

/** Describes words, in which only what hides others is marked; undefined when there is nothing to mark. */
export function proseNodes(text: string): VirtualNode[] | undefined {
  return hiding.test(text)
    ? nodesOf(
        visibleParts(text).map((part) =>
          hiding.test(part.text) ? part : { kind: 'words', text: part.text },
        ),
      )
    : undefined;
}

/** In one text, so that a text full of them does not hold up the page. */
const mostMarks = 400;

/** A text with a box for each character that is not seen, where marks would be too many or too early. */
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
