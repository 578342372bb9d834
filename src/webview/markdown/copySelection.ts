import { copiedHtml, copiedText } from './copiedText';

/**
 * Copies what is selected of an answer as it was meant (see `copiedText`), where the browser would copy the names and buttons
 * of code blocks, too. Loaded when the page is idle: until then the browser copies as it does.
 */
document.addEventListener('copy', (event) => {
  const selection = getSelection();
  const { clipboardData, target } = event;
  if (clipboardData === null || selection === null || selection.isCollapsed || isField(target)) return;
  const range = selection.getRangeAt(0);
  if (![...document.querySelectorAll('.markdown')].some((text) => range.intersectsNode(text))) return;
  clipboardData.setData('text/plain', copiedText(range));
  // Within code there are no elements that would keep its lines apart.
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
