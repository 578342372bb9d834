import type { CodeActions } from './codeActions';
import { codeFile } from './codeFile';
import { createCodeHeader, noteUnseen } from './createCodeHeader';
import { CodeLines } from './codeLines';
import { keepKeyboardScrollable } from '../../kit/keepKeyboardScrollable';
import { codeLanguage, isShellLanguage } from './codeLanguage';
import { wordsBefore } from './wordsBefore';

/** A code block: a header with language and buttons, and the code, which grows while it streams. */
export class CodeBlock {
  readonly element = document.createElement('div');
  private readonly lines: CodeLines;
  private readonly header: HTMLElement;
  private readonly scroller = document.createElement('pre');
  private readonly isDiagram: boolean;
  private finished = false;

  /** @param info The fence's info string; '' for none. */
  constructor(
    private readonly info: string,
    topLevel: boolean,
    private readonly actions: CodeActions,
  ) {
    const { displayName, grammar } = codeLanguage(info);
    const name = displayName ?? actions.t('Code');
    const file = codeFile(info);
    this.lines = new CodeLines(grammar, () => {
      noteUnseen(this.header, actions.t);
    });
    this.element.className = topLevel ? 'markdown-block markdown-code' : 'markdown-code';
    if (grammar === 'diff') this.element.classList.add('markdown-diff');
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', name);
    // Code runs from left to right, whatever the direction of the text around it.
    this.element.dir = 'ltr';
    const { scroller } = this;
    scroller.append(this.lines.element);
    keepKeyboardScrollable(scroller);
    this.isDiagram = /^mermaid\b/i.test(info.trim());
    this.header = createCodeHeader({
      actions,
      label: file === undefined ? name : `${name} · ${file}`,
      isShell: isShellLanguage(grammar),
      text: () => this.text(),
      shown: () => ({
        text: this.text(),
        info: this.info.trim().slice(0, 1_000),
        before: wordsBefore(this.element, this.element.closest('.markdown') ?? this.element),
      }),
      wrap: (wraps) => this.element.classList.toggle('wrapped', wraps),
    });
    this.element.append(this.header, scroller);
  }

  /** Adds code. */
  append(code: string): void {
    this.lines.append(code);
  }

  /** Displays text after the code that can still change. */
  showProvisional(text: string): void {
    this.lines.showProvisional(text);
  }

  /** Completes the code. To be called after the last piece. */
  finish(): void {
    this.lines.finish();
    if (!this.isDiagram || this.finished) return;
    this.finished = true;
    const { element: block, header, scroller: source } = this;
    void import('../diagram/showDiagram').then(({ showDiagram }) => {
      showDiagram({ t: this.actions.t, block, header, source }, this.text());
    }, reportError);
  }

  /** The code between the fences. The last line end belongs to the closing fence. */
  private text(): string {
    return this.lines.text.replace(/\n$/, '');
  }
}
