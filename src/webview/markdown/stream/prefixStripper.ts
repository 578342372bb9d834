import { withNumberRoom } from '../render/withNumberRoom';
import type { OpenPath, OpenPathLevel } from './openPath';
import type { VirtualElement, VirtualNode } from '../nodes/virtualNode';

/**
 * The final part of nested lists and quotes. The tree that is described for such a block holds only its open part, parsed behind a
 * prefix; the stripper removes the nodes of the prefix and connects the rest with the elements that are already displayed.
 */
export class PrefixStripper {
  private levels: readonly OpenPathLevel[] = [];
  /** Lists that stay loose, whatever follows. */
  private readonly loose = new WeakSet<HTMLElement>();
  /** The final children of the elements that are or were on the open path. */
  private readonly finals = new Map<HTMLElement, VirtualNode[]>();

  /** The levels that the prefix opens. */
  get openPath(): readonly OpenPathLevel[] {
    return this.levels;
  }

  /** To be called when the block is parsed behind the prefix of this path from now on. */
  follow({ levels }: OpenPath): void {
    this.levels = levels;
  }

  /** Removes the nodes of the prefix. */
  strip(top: VirtualNode): VirtualNode {
    let node: VirtualNode | undefined = top;
    for (const { placeholders } of this.levels) {
      if (node?.kind !== 'element') break;
      node.children.splice(0, placeholders);
      node = node.children[0];
    }
    return top;
  }

  /** The tree with the attributes of the displayed elements, which the prefix does not have. */
  keep(shown: VirtualNode | undefined, next: VirtualNode, depth = 0): VirtualNode {
    if (depth === this.levels.length || shown?.kind !== 'element' || next.kind !== 'element') return next;
    const [first, ...others] = next.children;
    const goesOn = first !== undefined && depth + 1 < this.levels.length;
    return {
      ...next,
      attributes: this.attributesOf(shown, isLoose(next)),
      children: goesOn ? [this.keep(shown.children[0], first, depth + 1), ...others] : next.children,
    };
  }

  /** Joins the part that has just become final with the open part after it. */
  join(closed: VirtualNode, open: VirtualNode, depth = 0): VirtualNode {
    const level = this.levels[depth];
    if (level === undefined || closed.kind !== 'element' || open.kind !== 'element') return open;
    const loose = level.isLoose || isLoose(closed) || isLoose(open);
    const attributes = { ...closed.attributes, ...(loose ? { class: looseClass(closed) } : {}) };
    if (depth === this.levels.length - 1) {
      return { ...closed, attributes, children: [...closed.children, ...open.children] };
    }
    const [first, ...others] = open.children;
    const last = closed.children.at(-1);
    const middle = last === undefined || first === undefined ? [] : [this.join(last, first, depth + 1)];
    return { ...closed, attributes, children: [...closed.children.slice(0, -1), ...middle, ...others] };
  }

  /** To be called after the joined tree is displayed. Returns its open part and remembers the rest. */
  openPart(joined: VirtualNode, closed: VirtualNode, depth = 0): VirtualNode {
    const level = this.levels[depth];
    if (level === undefined || joined.kind !== 'element' || closed.kind !== 'element') return joined;
    const isLast = depth === this.levels.length - 1;
    const count = closed.children.length - (isLast ? 0 : 1);
    const { dom } = joined;
    if (dom !== undefined) {
      this.finals.set(dom, [...(this.finals.get(dom) ?? []), ...joined.children.slice(0, count)]);
      if (level.isLoose || isLoose(closed)) this.loose.add(dom);
    }
    const [first, ...others] = joined.children.slice(count);
    const last = closed.children.at(-1);
    if (isLast || first === undefined || last === undefined) {
      return { ...joined, children: joined.children.slice(count) };
    }
    return { ...joined, children: [this.openPart(first, last, depth + 1), ...others] };
  }

  /** The tree with all final children. */
  whole(node: VirtualNode): VirtualNode {
    if (node.kind !== 'element') return node;
    const finals = node.dom === undefined ? [] : (this.finals.get(node.dom) ?? []);
    return { ...node, children: [...finals, ...node.children].map((child) => this.whole(child)) };
  }

  /** Makes room for the numbers of the lists on the open path, whose final items are not in the tree. */
  fitNumbers(node: VirtualNode | undefined, depth = 0): void {
    if (node?.kind !== 'element' || depth >= this.levels.length) return;
    const { dom, tag, attributes, children } = node;
    if (tag === 'ol' && dom !== undefined) {
      const count = (this.finals.get(dom)?.length ?? 0) + children.length;
      const names = withNumberRoom(attributes['class'] ?? '', attributes['start'], count);
      if (dom.className !== names) dom.className = names;
    }
    this.fitNumbers(children[0], depth + 1);
  }

  private attributesOf(shown: VirtualElement, nextIsLoose: boolean): VirtualElement['attributes'] {
    if (shown.tag !== 'ul' && shown.tag !== 'ol') return shown.attributes;
    const { class: names = '', ...others } = shown.attributes;
    const stays = nextIsLoose || (shown.dom !== undefined && this.loose.has(shown.dom));
    const now = stays ? looseClass(shown) : names.replace(/ ?loose$/, '');
    return now === '' ? others : { ...others, class: now };
  }
}

function isLoose({ attributes }: VirtualElement): boolean {
  return /(?:^| )loose$/.test(attributes['class'] ?? '');
}

function looseClass(list: VirtualElement): string {
  const { class: names = '' } = list.attributes;
  if (isLoose(list)) return names;
  return names === '' ? 'loose' : `${names} loose`;
}
