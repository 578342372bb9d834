import type { VirtualNode } from '../nodes/virtualNode';

/** Final nodes whose text uses references that were undefined when the nodes were rendered. */
export interface UnresolvedPart {
  readonly labels: ReadonlySet<string>;
  /** To be called after the nodes are displayed. */
  readonly nodes: () => readonly VirtualNode[];
  /** Describes the nodes again. Their number does not change. */
  readonly render: () => VirtualNode[];
}
