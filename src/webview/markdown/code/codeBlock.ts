import type { CodeActions } from './codeActions';
import { codeKind, kindOfText } from './codeKind';
import type { CodeKind } from './codeKind';
import { codeLanguage } from './codeLanguage';
import { codeTargets, fileInFence } from './codeTargets';
import { CodeHeader, noteUnseen } from './codeHeader';
import { CodeLines } from './codeLines';
import { addShownCode } from './codeOnPage';
import { keepKeyboardScrollable } from '../../kit/keepKeyboardScrollable';
import { wordsBefore } from './wordsBefore';

/** A code block: a header with language and buttons, and the code, which grows while it streams. */
export class CodeBlock {
  readonly element = document.createElement('div');
  private readonly lines: CodeLines;
  private readonly header: CodeHeader;
  private readonly scroller = document.createElement('pre');
  private readonly kind: CodeKind;
  private readonly name: string;
  private targets: readonly string[] = [];
  private finished = false;

  /** @param info The fence's info string; '' for none. */
  constructor(
    private readonly info: string,
    topLevel: boolean,
    private readonly actions: CodeActions,
  ) {
    const { displayName, grammar } = codeLanguage(info);
    this.name = displayName ?? actions.t('Code');
    this.kind = codeKind(info, grammar);
    this.lines = new CodeLines(grammar, () => {
      noteUnseen(this.header.element, actions.t);
    });
    const { element, scroller } = this;
    element.className = topLevel ? 'markdown-block markdown-code' : 'markdown-code';
    if (grammar === 'diff') element.classList.add('markdown-diff');
    element.setAttribute('role', 'group');
    // Code runs from left to right, whatever the direction of the text around it.
    element.dir = 'ltr';
    scroller.append(this.lines.element);
    keepKeyboardScrollable(scroller);
    const shown = (): ReturnType<CodeBlock['shown']> => this.shown();
    this.header = new CodeHeader({
      actions,
      shown,
      wrap: (wraps) => element.classList.toggle('wrapped', wraps),
    });
    const file = fileInFence(info);
    this.describe(this.kind, file === undefined ? [] : [file]);
    element.append(this.header.element, scroller);
    addShownCode({ element, header: this.header.element, targets: () => this.targets, shown });
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
    if (this.finished) return;
    this.finished = true;
    const text = this.text();
    this.targets = codeTargets(this.info, text, this.element, this.root());
    const isUnnamed = this.kind === 'text' && this.info.trim() === '';
    this.describe(isUnnamed ? kindOfText(text) : this.kind, this.targets);
    if (this.kind !== 'diagram') return;
    const { element: block, scroller: source } = this;
    const header = this.header.element;
    void import('../diagram/showDiagram').then(({ showDiagram }) => {
      showDiagram({ t: this.actions.t, block, header, source }, text);
    }, reportError);
  }

  private describe(kind: CodeKind, targets: readonly string[]): void {
    const [file] = targets;
    const { t } = this.actions;
    const more = targets.length < 2 ? '' : t('and {0} more', targets.length - 1);
    this.header.show(kind, { name: this.name, file, more });
    this.element.setAttribute('aria-label', this.header.label);
  }

  private shown(): { readonly text: string; readonly info: string; readonly before: string } {
    return {
      text: this.text(),
      info: this.info.trim().slice(0, 1_000),
      before: wordsBefore(this.element, this.root()),
    };
  }

  private root(): Element {
    return this.element.closest('.markdown') ?? this.element;
  }

  /** The code between the fences. The last line end belongs to the closing fence. */
  private text(): string {
    return this.lines.text.replace(/\n$/, '');
  }
}
