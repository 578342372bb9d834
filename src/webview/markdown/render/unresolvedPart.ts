import type { VirtualNode } from '../nodes/virtualNode';

/** Final nodes whose text names references that were not defined when they were rendered. */
export interface UnresolvedPart {
  readonly labels: ReadonlySet<string>;
  /** To be asked for once they are shown. */
  readonly nodes: () => readonly VirtualNode[];
  /** Describes the nodes again; their number stays. */
  readonly render: () => VirtualNode[];
}
