import { CodeLines } from './codeLines';
import { codeLanguage } from './languages';
import type { Translate } from '../../shared/translate';
import { keepKeyboardScrollable } from './keyboardScrollable';

/** What the buttons of a code block do. */
export interface CodeActions {
  t: Translate;
  copyCode(text: string): void;
  insertCode(text: string): void;
}

/** How long the copy button shows that it has copied, in milliseconds. */
const copiedTime = 1500;

/** A code block: a header with its language and its buttons, and the code, which grows while it streams. */
export class CodeBlock {
  readonly element = document.createElement('div');
  private readonly lines: CodeLines;

  /** @param info The fence's info string; '' for none. */
  constructor(
    info: string,
    topLevel: boolean,
    private readonly actions: CodeActions,
  ) {
    const { displayName, grammar } = codeLanguage(info);
    const name = displayName ?? actions.t('Code');
    this.lines = new CodeLines(grammar);
    this.element.className = topLevel ? 'markdown-block markdown-code' : 'markdown-code';
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', name);
    const scroller = document.createElement('pre');
    scroller.append(this.lines.element);
    keepKeyboardScrollable(scroller);
    this.element.append(this.createHeader(name), scroller);
  }

  /** Adds code. */
  append(code: string): void {
    this.lines.append(code);
  }

  /** Shows text after the code that may not stay. */
  showProvisional(text: string): void {
    this.lines.showProvisional(text);
  }

  /** No more code comes. */
  finish(): void {
    this.lines.finish();
  }

  private createHeader(name: string): HTMLElement {
    const { t } = this.actions;
    const header = document.createElement('div');
    header.className = 'markdown-code-header';
    const language = document.createElement('span');
    language.className = 'markdown-code-language';
    language.textContent = name;
    const insert = createButton('codicon-insert', t('Insert at Cursor'));
    insert.addEventListener('click', () => {
      this.actions.insertCode(this.text());
    });
    header.append(language, this.createCopyButton(), insert);
    return header;
  }

  private createCopyButton(): HTMLButtonElement {
    const { t } = this.actions;
    const copy = createButton('codicon-copy', t('Copy Code'));
    let timer: ReturnType<typeof setTimeout> | undefined;
    copy.addEventListener('click', () => {
      this.actions.copyCode(this.text());
      dress(copy, 'codicon-check', t('Copied'));
      clearTimeout(timer);
      timer = setTimeout(() => {
        dress(copy, 'codicon-copy', t('Copy Code'));
      }, copiedTime);
    });
    return copy;
  }

  /** The code as between the fences: the last line end belongs to the closing fence. */
  private text(): string {
    return this.lines.text.replace(/\n$/, '');
  }
}

function createButton(icon: string, label: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'markdown-code-button';
  const glyph = document.createElement('span');
  glyph.setAttribute('aria-hidden', 'true');
  button.append(glyph);
  dress(button, icon, label);
  return button;
}

function dress(button: HTMLButtonElement, icon: string, label: string): void {
  button.setAttribute('aria-label', label);
  button.title = label;
  if (button.firstElementChild !== null) button.firstElementChild.className = `codicon ${icon}`;
}
