import { createButton, dressButton } from '../../kit/createButton';
import type { CodeActions, ShownCode } from './codeActions';
import type { CodeKind } from './codeKind';

/** The actions of a code block's header. */
interface CodeHeaderOptions {
  readonly actions: CodeActions;
  readonly shown: () => ShownCode;
  /** Turns the wrapping of long lines on or off. */
  readonly wrap: (wraps: boolean) => void;
}

/** What the header says about its block. */
interface CodeLabel {
  /** The language. */
  readonly name: string;
  /** The file that the block changes, if one is known. */
  readonly file: string | undefined;
  /** The number of further files; '' for none. */
  readonly more: string;
}

/** How long the copy button displays that it has copied, in milliseconds. */
const copiedTime = 1500;

/** The header of a code block. In a narrow header, less used buttons are in the menu "More". */
export class CodeHeader {
  readonly element = document.createElement('div');
  /** The language and the file. */
  label = '';
  private readonly language = document.createElement('span');
  private shownAs = '';

  constructor(private readonly options: CodeHeaderOptions) {
    this.element.className = 'markdown-code-header';
    this.language.className = 'markdown-code-language';
    this.element.append(this.language);
  }

  /** Displays the language and the file, and the buttons that fit the block. */
  show(kind: CodeKind, { name, file, more }: CodeLabel): void {
    const label = [name, ...(file === undefined ? [] : [`· ${file}`]), more].join(' ').trimEnd();
    if (label !== this.label) {
      this.label = label;
      this.language.title = label;
      this.language.classList.toggle('named', file !== undefined);
      this.language.replaceChildren(...(file === undefined ? [name] : partsOf(name, file, more)));
    }
    // A file that is named makes every block applicable.
    const isApplicable = kind === 'code' || kind === 'diff' || file !== undefined;
    const shownAs = `${kind} ${String(isApplicable)}`;
    if (shownAs === this.shownAs) return;
    this.shownAs = shownAs;
    for (const button of this.element.querySelectorAll('button')) button.remove();
    this.element.append(...this.buttonsFor(kind, isApplicable));
  }

  /** The most useful button comes first. */
  private buttonsFor(kind: CodeKind, isApplicable: boolean): HTMLButtonElement[] {
    const copy = this.copyButton();
    const insert = this.insertButton();
    const apply = isApplicable ? this.applyButton() : undefined;
    const first: Readonly<Record<CodeKind, readonly (HTMLButtonElement | undefined)[]>> = {
      code: [copy, insert, apply],
      shell: [this.runButton(), copy, insert, apply],
      diff: [apply, copy],
      diagram: [copy, apply],
      text: isApplicable ? [copy, insert, apply] : [copy],
    };
    const isPlain = kind === 'text' && !isApplicable;
    const extras = [isPlain ? insert : undefined, this.newFileButton(), this.wrapButton()];
    const rest = extras.filter((button) => button !== undefined);
    for (const button of rest) button.classList.add('extra');
    return [...first[kind].filter((button) => button !== undefined), ...rest, this.moreButton()];
  }

  private insertButton(): HTMLButtonElement {
    const { actions, shown } = this.options;
    return createButton('codicon-insert', actions.t('Insert at Cursor'), () => {
      actions.insertCode(shown().text);
    });
  }

  private applyButton(): HTMLButtonElement | undefined {
    const { actions, shown } = this.options;
    if (actions.applyCode === undefined) return undefined;
    const apply = createButton('codicon-diff-single', actions.t('Apply'), () => actions.applyCode?.(shown()));
    apply.title = actions.t('Apply: Show the changes to the file');
    return apply;
  }

  private newFileButton(): HTMLButtonElement | undefined {
    const { actions, shown } = this.options;
    if (actions.newFile === undefined) return undefined;
    return createButton('codicon-new-file', actions.t('New File'), () => actions.newFile?.(shown()));
  }

  private runButton(): HTMLButtonElement | undefined {
    const { actions, shown } = this.options;
    if (actions.runInTerminal === undefined) return undefined;
    return createButton('codicon-terminal', actions.t('Run in Terminal'), () => {
      actions.runInTerminal?.(commandsOf(shown().text));
    });
  }

  private wrapButton(): HTMLButtonElement {
    const { actions, wrap } = this.options;
    const button = createButton('codicon-word-wrap', actions.t('Wrap Lines'), () => {
      const wraps = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(wraps));
      wrap(wraps);
    });
    button.setAttribute('aria-pressed', 'false');
    button.classList.add('resizes');
    return button;
  }

  private moreButton(): HTMLButtonElement {
    const more = createButton('codicon-ellipsis', this.options.actions.t('More'), () => {
      void import('./openCodeMenu').then(({ openCodeMenu }) => {
        openCodeMenu(more, [...this.element.querySelectorAll<HTMLButtonElement>('button.extra')]);
      }, reportError);
    });
    more.classList.add('more');
    more.setAttribute('aria-haspopup', 'menu');
    more.setAttribute('aria-expanded', 'false');
    return more;
  }

  private copyButton(): HTMLButtonElement {
    const { actions, shown } = this.options;
    const { t } = actions;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const copy = createButton('codicon-copy', t('Copy Code'), () => {
      actions.copyCode(shown().text);
      dressButton(copy, 'codicon-check', t('Copied'));
      clearTimeout(timer);
      timer = setTimeout(() => {
        dressButton(copy, 'codicon-copy', t('Copy Code'));
      }, copiedTime);
    });
    return copy;
  }
}

/** Displays beside the language that the code contains invisible characters, which are marked in it. */
export function noteUnseen(header: HTMLElement, t: CodeActions['t']): void {
  const note = document.createElement('span');
  note.className = 'markdown-code-unseen';
  note.textContent = t('Contains invisible characters');
  note.title = t('Invisible characters are shown as their code points. They are copied with the code.');
  header.querySelector('.markdown-code-language')?.after(note);
}

/** The language, the folder and the name of the file. In a narrow header, the language and the folder are cut first. */
function partsOf(name: string, file: string, more: string): HTMLElement[] {
  const cut = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1;
  const texts = [
    `${name} · `,
    file.slice(0, cut),
    more === '' ? file.slice(cut) : `${file.slice(cut)} ${more}`,
  ];
  return texts.map((text, index) => {
    const part = document.createElement('span');
    if (index === 2) part.className = 'file';
    part.textContent = text;
    return part;
  });
}

/** The commands of a recorded session: only the lines after a prompt, without the prompt and the output. */
function commandsOf(text: string): string {
  const commands = text.split('\n').filter((line) => /^\s*\$ /.test(line));
  return commands.length === 0 ? text : commands.map((line) => line.replace(/^\s*\$ /, '')).join('\n');
}
