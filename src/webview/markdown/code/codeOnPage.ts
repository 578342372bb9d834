import type { ShownCode } from './codeActions';

/** A code block on the page, for what acts on several blocks. */
export interface CodeOnPage {
  readonly element: HTMLElement;
  readonly header: HTMLElement;
  /** See `codeTargets`. Empty until the block is complete. */
  readonly targets: () => readonly string[];
  readonly shown: () => ShownCode;
}

const known = new WeakMap<Element, CodeOnPage>();

/** Makes a block known to `codesIn`. */
export function addShownCode(code: CodeOnPage): void {
  known.set(code.element, code);
}

/** The code blocks inside an element, in their order. */
export function codesIn(root: Element): readonly CodeOnPage[] {
  return [...root.querySelectorAll('.markdown-code')].flatMap((element) => {
    const code = known.get(element);
    return code === undefined ? [] : [code];
  });
}
