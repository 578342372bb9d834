/**
 * The description of what the tail of a streaming answer should look like. Open blocks are described again after each
 * piece of text. `reconcile` changes only the DOM that differs, so that selections survive and layout stays cheap.
 */
export type VirtualNode = VirtualText | VirtualElement | VirtualCode | VirtualMath;

/** The DOM of a code block, which grows with its code. */
export interface CodeView {
  readonly element: HTMLElement;
  /** Adds code to the end. */
  append(code: string): void;
  /** Displays text after the code that can still change. */
  showProvisional(text: string): void;
  /** Completes the code. To be called after the last piece. */
  finish(): void;
}

/** The DOM of a formula. */
interface MathView {
  readonly element: HTMLElement;
}

/** A run of text. */
export interface VirtualText {
  readonly kind: 'text';
  /** Grows while plain words come (see `OpenText`). */
  text: string;
  dom?: Text;
}

/** An element. */
export interface VirtualElement {
  readonly kind: 'element';
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: VirtualNode[];
  /** True if its content can be wider than the element. */
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
  /** True at top level, where it is a `markdown-block`. */
  readonly topLevel: boolean;
  dom?: CodeView;
}

/** A formula. */
export interface VirtualMath {
  readonly kind: 'math';
  /** The source with its marks. */
  readonly source: string;
  readonly tex: string;
  /** True if it has its own line. */
  readonly display: boolean;
  /** True if it is a block rather than a part of text. */
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

/** Adds text to the end of `children`. Adjacent texts become one. */
export function appendText(children: VirtualNode[], text: string): void {
  const last = children.at(-1);
  if (last?.kind === 'text') children[children.length - 1] = { kind: 'text', text: last.text + text };
  else if (text !== '') children.push({ kind: 'text', text });
}
