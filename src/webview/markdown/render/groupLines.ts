import { element } from '../nodes/virtualNode';
import type { VirtualElement, VirtualNode } from '../nodes/virtualNode';

/** From this length on, in characters, a group ends with its line. */
const groupLength = 1_000;

const className = 'markdown-lines';

/** The inline content of a paragraph, in groups of whole lines. */
interface LineGroups {
  /** The nodes of each group. The first continues the group before. */
  readonly groups: readonly [VirtualNode[], ...VirtualNode[][]];
  /** The length of the last group, in characters. */
  readonly length: number;
}

/**
 * Divides inline content into groups of whole lines. The result does not depend on how the content is divided into calls, if no
 * call but the last ends with a line end.
 *
 * @param before The length of the group that the content continues.
 */
export function divideLines(nodes: readonly VirtualNode[], before = 0): LineGroups {
  const groups: [VirtualNode[], ...VirtualNode[][]] = [[]];
  let length = before;
  let isFull = false;
  const add = (node: VirtualNode): void => {
    if (isFull) groups.push([]);
    length = (isFull ? 0 : length) + lengthOf(node);
    isFull = false;
    groups.at(-1)?.push(node);
  };
  for (const node of nodes) {
    if (node.kind !== 'text') add(node);
    else {
      let rest = node.text;
      for (let end = endOfGroup(rest, isFull ? 0 : length); end > 0; end = endOfGroup(rest, 0)) {
        add({ kind: 'text', text: rest.slice(0, end) });
        isFull = true;
        rest = rest.slice(end);
      }
      if (rest !== '') add(rest === node.text ? node : { kind: 'text', text: rest });
    }
  }
  return { groups, length };
}

/**
 * Puts each group of lines after the first into an element of its own. If a text changes, the browser prepares and lays out the
 * lines of its whole block again, so a paragraph of many lines that grows would cost more with each line.
 */
export function groupLines(content: readonly VirtualNode[]): VirtualNode[] {
  const [first, ...others] = divideLines(content).groups;
  return [...first, ...others.map(lineGroup)];
}

/** The element of a group. */
export function lineGroup(children: VirtualNode[]): VirtualElement {
  return element('span', { class: className }, children);
}

/** The element, if the node is a group of lines. */
export function asLineGroup(node: VirtualNode): VirtualElement | undefined {
  return node.kind === 'element' && node.attributes['class'] === className ? node : undefined;
}

/** The content without its groups. */
export function ungroupLines(nodes: readonly VirtualNode[]): VirtualNode[] {
  return nodes.flatMap((node) => asLineGroup(node)?.children ?? [node]);
}

/** The end of the line with which a group of this length ends; 0 if no line of the text ends it. */
function endOfGroup(text: string, length: number): number {
  return text.indexOf('\n', Math.max(0, groupLength - length)) + 1;
}

function lengthOf(node: VirtualNode): number {
  switch (node.kind) {
    case 'text':
      return node.text.length;
    case 'element':
      return node.children.reduce((sum, child) => sum + lengthOf(child), 0);
    case 'code':
      return node.code.length;
    case 'math':
      return node.source.length;
  }
}
