/**
 * What the tail of a streaming answer should look like. Open blocks are described anew at each flush;
 * `reconcile` changes only the DOM that differs, so that selections survive and layout stays cheap.
 */
export type VirtualNode = VirtualText | VirtualElement | VirtualCode | VirtualMath;

/** The DOM of a code block, which grows while its code comes. */
export interface CodeView {
  readonly element: HTMLElement;
  /** Adds code to the end. */
  append(code: string): void;
  /** Shows text after the code that may change yet. */
  showProvisional(text: string): void;
  /** No more code comes. */
  finish(): void;
}

/** The DOM of a formula. */
export interface MathView {
  readonly element: HTMLElement;
}

/** A run of text. */
export interface VirtualText {
  readonly kind: 'text';
  readonly text: string;
  dom?: Text;
}

/** An element. */
export interface VirtualElement {
  readonly kind: 'element';
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: VirtualNode[];
  /** Whether its content may be wider than itself. */
  readonly scrolls?: boolean;
  dom?: HTMLElement;
}

/** A code block, fenced or indented. */
export interface VirtualCode {
  readonly kind: 'code';
  /** The fence's info string; '' for none. */
  readonly info: string;
  /** The code, with its line ends. */
  readonly code: string;
  /** Whether it stands at top level, where it is a `markdown-block`. */
  readonly topLevel: boolean;
  dom?: CodeView;
}

/** A formula. */
export interface VirtualMath {
  readonly kind: 'math';
  /** As it was written, with its marks. */
  readonly source: string;
  readonly tex: string;
  /** Whether it is displayed on a line of its own, rather than within one. */
  readonly display: boolean;
  /** Whether it is a block and not part of a text. */
  readonly isBlock: boolean;
  readonly topLevel: boolean;
  dom?: MathView;
}

/** Describes an element. */
export function element(
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  children: VirtualNode[] = [],
): VirtualElement {
  return { kind: 'element', tag, attributes, children };
}

/** Adds text to the end of `children`; neighbouring texts become one. */
export function appendText(children: VirtualNode[], text: string): void {
  const last = children.at(-1);
  if (last?.kind === 'text') children[children.length - 1] = { kind: 'text', text: last.text + text };
  else if (text !== '') children.push({ kind: 'text', text });
}
