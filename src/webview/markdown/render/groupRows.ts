import { element } from '../nodes/virtualNode';
import type { VirtualElement, VirtualNode } from '../nodes/virtualNode';

/** Rows that share one `tbody`. */
export const rowsPerBody = 25;

/**
 * Divides the body of a table, its last child, into several. The browser keeps the layout of a `tbody` whose rows did not change, so
 * a long table that grows costs much less.
 */
export function groupRows(table: VirtualElement): void {
  const body = table.children.at(-1);
  if (body?.kind !== 'element' || body.tag !== 'tbody') return;
  const rows = body.children.splice(rowsPerBody);
  for (let start = 0; start < rows.length; start += rowsPerBody) {
    table.children.push(element('tbody', {}, rows.slice(start, start + rowsPerBody)));
  }
}

/** The rows of all bodies of a table. */
export function rowsOf(table: VirtualElement): VirtualNode[] {
  return table.children.flatMap((part) =>
    part.kind === 'element' && part.tag === 'tbody' ? part.children : [],
  );
}
