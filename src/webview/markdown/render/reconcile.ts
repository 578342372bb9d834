import { keepKeyboardScrollable } from '../../kit/keepKeyboardScrollable';
import { MathElement } from '../math/mathElement';
import type { CodeView, VirtualCode, VirtualElement, VirtualMath, VirtualNode } from '../nodes/virtualNode';

/** Makes the DOM of a code block. */
export type CreateCodeBlock = (info: string, topLevel: boolean) => CodeView;

/**
 * Changes the DOM of `before` into that of `after`. Equal nodes stay untouched; growing texts are appended to.
 *
 * @param parentAt The parent of the node with an index. A new node becomes its last child.
 */
export function reconcile(
  parentAt: (index: number) => Node,
  before: readonly VirtualNode[],
  after: readonly VirtualNode[],
  createCodeBlock: CreateCodeBlock,
): void {
  after.forEach((next, index) => {
    const current = before[index];
    if (current === undefined) parentAt(index).appendChild(create(next, createCodeBlock));
    else if (!update(current, next, createCodeBlock)) {
      const dom = domOf(current);
      dom?.parentNode?.replaceChild(create(next, createCodeBlock), dom);
    }
  });
  removeNodes(before.slice(after.length));
}

/** Removes nodes from the document. */
export function removeNodes(nodes: readonly VirtualNode[]): void {
  for (const node of nodes) {
    const dom = domOf(node);
    dom?.parentNode?.removeChild(dom);
  }
}

/** Tells every code block inside the nodes that its code is complete. */
export function finishCode(nodes: readonly VirtualNode[]): void {
  for (const node of nodes) {
    if (node.kind === 'code') node.dom?.finish();
    else if (node.kind === 'element') finishCode(node.children);
  }
}

/** The DOM of a displayed node. */
export function domOf(node: VirtualNode): Node | undefined {
  return node.kind === 'code' || node.kind === 'math' ? node.dom?.element : node.dom;
}

function create(node: VirtualNode, createCodeBlock: CreateCodeBlock): Node {
  switch (node.kind) {
    case 'text':
      node.dom = document.createTextNode(node.text);
      return node.dom;
    case 'element': {
      const dom = document.createElement(node.tag);
      for (const child of node.children) dom.appendChild(create(child, createCodeBlock));
      // After the children: with `dir="auto"`, the browser would search for the first word again after each child.
      for (const [name, value] of Object.entries(node.attributes)) dom.setAttribute(name, value);
      if (node.scrolls === true) keepKeyboardScrollable(dom);
      node.dom = dom;
      return dom;
    }
    case 'code':
      node.dom = createCodeBlock(node.info, node.topLevel);
      node.dom.append(node.code);
      return node.dom.element;
    case 'math':
      node.dom = new MathElement(node);
      return node.dom.element;
  }
}

/** Changes the DOM of `current` into that of `next`. Returns false if it must be replaced. */
function update(current: VirtualNode, next: VirtualNode, createCodeBlock: CreateCodeBlock): boolean {
  if (current.kind === 'text' && next.kind === 'text' && current.dom !== undefined) {
    next.dom = current.dom;
    if (next.text === current.text) return true;
    if (next.text.startsWith(current.text)) next.dom.appendData(next.text.slice(current.text.length));
    else next.dom.data = next.text;
    return true;
  }
  if (current.kind === 'element' && next.kind === 'element')
    return updateElement(current, next, createCodeBlock);
  if (current.kind === 'math' && next.kind === 'math') return updateMath(current, next);
  return current.kind === 'code' && next.kind === 'code' && updateCode(current, next);
}

function updateElement(
  current: VirtualElement,
  next: VirtualElement,
  createCodeBlock: CreateCodeBlock,
): boolean {
  const { dom } = current;
  if (dom === undefined || current.tag !== next.tag || !keepsAttributeOrder(current, next)) return false;
  next.dom = dom;
  for (const name of Object.keys(current.attributes)) {
    if (!Object.hasOwn(next.attributes, name)) dom.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(next.attributes)) {
    if (current.attributes[name] !== value) dom.setAttribute(name, value);
  }
  reconcile(() => dom, current.children, next.children, createCodeBlock);
  return true;
}

/** True if attributes that are set on `current` one by one end up in the same order as in a new element. */
function keepsAttributeOrder(current: VirtualElement, next: VirtualElement): boolean {
  const names = Object.keys(next.attributes);
  const kept = Object.keys(current.attributes).filter((name) => Object.hasOwn(next.attributes, name));
  return kept.every((name, index) => names[index] === name);
}

function updateMath(current: VirtualMath, next: VirtualMath): boolean {
  const isSame =
    current.source === next.source && current.isBlock === next.isBlock && current.topLevel === next.topLevel;
  if (!isSame || current.dom === undefined) return false;
  next.dom = current.dom;
  return true;
}

function updateCode(current: VirtualCode, next: VirtualCode): boolean {
  const { dom } = current;
  const grows =
    current.info === next.info && current.topLevel === next.topLevel && next.code.startsWith(current.code);
  if (!grows || dom === undefined) return false;
  next.dom = dom;
  dom.append(next.code.slice(current.code.length));
  return true;
}
