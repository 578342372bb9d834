import { copiedHtml, copiedText } from './copiedText';

/**
 * Copies a selection in an answer as it was meant (see `copiedText`). The browser would also copy the names and buttons
 * of code blocks. Loaded in idle time; until then the browser copies.
 */
document.addEventListener('copy', (event) => {
  const selection = getSelection();
  const { clipboardData, target } = event;
  if (clipboardData === null || selection === null || selection.isCollapsed || isField(target)) return;
  const range = selection.getRangeAt(0);
  if (![...document.querySelectorAll('.markdown')].some((text) => range.intersectsNode(text))) return;
  clipboardData.setData('text/plain', copiedText(range));
  // Inside code, no elements separate the lines.
  if (elementOf(range.commonAncestorContainer)?.closest('pre') === null)
    clipboardData.setData('text/html', copiedHtml(range));
  event.preventDefault();
});

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

function elementOf(node: Node): Element | null {
  return node instanceof Element ? node : node.parentElement;
}
