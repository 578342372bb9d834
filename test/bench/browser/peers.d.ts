/*
 * What is used of the packages in test/bench/package.json. They are installed for the benchmarks only, and the types
 * of this folder are checked without them.
 */

declare module 'react' {
  /** What React draws. */
  export type Node = object;
  export function createElement(type: unknown, properties: object | null, ...children: unknown[]): Node;
}

declare module 'react-dom/client' {
  import type { Node } from 'react';
  export function createRoot(element: HTMLElement): { render(node: Node): void; unmount(): void };
}

declare module 'react-markdown' {
  const Markdown: unknown;
  export default Markdown;
}

declare module 'remark-gfm' {
  const plugin: unknown;
  export default plugin;
}

declare module 'rehype-highlight' {
  const plugin: unknown;
  export default plugin;
}

declare module 'streamdown' {
  export const Streamdown: unknown;
}

declare module '@streamdown/code' {
  export const code: object;
}

declare module 'streaming-markdown' {
  export interface Parser {
    readonly pending: string;
  }
  export function default_renderer(element: HTMLElement): object;
  export function parser(renderer: object): Parser;
  export function parser_write(open: Parser, text: string): void;
}
