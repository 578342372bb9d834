import { createButton, dressButton } from '../../kit/createButton';
import type { CodeActions, ShownCode } from './codeActions';

/** The content and the actions of a code block's header. */
interface CodeHeaderOptions {
  readonly actions: CodeActions;
  /** The language, and the file if one is named. */
  readonly label: string;
  /** True if the code can run in a terminal. */
  readonly isShell: boolean;
  readonly text: () => string;
  readonly shown: () => ShownCode;
  /** Turns the wrapping of long lines on or off. */
  readonly wrap: (wraps: boolean) => void;
}

/** How long the copy button displays that it has copied, in milliseconds. */
const copiedTime = 1500;

/** Makes the header of a code block. In a narrow header, less used buttons move into the menu "More". */
export function createCodeHeader(options: CodeHeaderOptions): HTMLElement {
  const { actions, label } = options;
  const header = document.createElement('div');
  header.className = 'markdown-code-header';
  const language = document.createElement('span');
  language.className = 'markdown-code-language';
  language.textContent = label;
  language.title = label;
  header.append(language, createCopyButton(options), ...createCodeButtons(options));
  const extras = [createRunButton(options), createWrapButton(options)].filter((button) => button !== null);
  for (const button of [header.querySelector('.new-file'), ...extras]) button?.classList.add('extra');
  header.append(...extras, createMoreButton(header, actions));
  return header;
}

/** Displays beside the language that the code contains invisible characters, which are marked in it. */
export function noteUnseen(header: HTMLElement, t: CodeActions['t']): void {
  const note = document.createElement('span');
  note.className = 'markdown-code-unseen';
  note.textContent = t('Contains invisible characters');
  note.title = t('Invisible characters are shown as their code points. They are copied with the code.');
  header.querySelector('.markdown-code-language')?.after(note);
}

function createCodeButtons({ actions, text, shown }: CodeHeaderOptions): HTMLButtonElement[] {
  const { t } = actions;
  const buttons = [
    createButton('codicon-insert', t('Insert at Cursor'), () => {
      actions.insertCode(text());
    }),
  ];
  if (actions.applyCode !== undefined) {
    const apply = createButton('codicon-diff-single', t('Apply'), () => actions.applyCode?.(shown()));
    apply.title = t('Apply: Show the changes to the file');
    buttons.push(apply);
  }
  if (actions.newFile !== undefined) {
    const create = createButton('codicon-new-file', t('New File'), () => actions.newFile?.(shown()));
    create.classList.add('new-file');
    buttons.push(create);
  }
  return buttons;
}

function createRunButton({ actions, isShell, text }: CodeHeaderOptions): HTMLButtonElement | null {
  if (!isShell || actions.runInTerminal === undefined) return null;
  return createButton('codicon-terminal', actions.t('Run in Terminal'), () => {
    actions.runInTerminal?.(commandsOf(text()));
  });
}

/** The commands of a recorded session: only the lines after a prompt, without the prompt and the output. */
function commandsOf(text: string): string {
  const commands = text.split('\n').filter((line) => /^\s*\$ /.test(line));
  return commands.length === 0 ? text : commands.map((line) => line.replace(/^\s*\$ /, '')).join('\n');
}

function createWrapButton({ actions, wrap }: CodeHeaderOptions): HTMLButtonElement {
  const button = createButton('codicon-word-wrap', actions.t('Wrap Lines'), () => {
    const wraps = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(wraps));
    wrap(wraps);
  });
  button.setAttribute('aria-pressed', 'false');
  button.classList.add('resizes');
  return button;
}

function createMoreButton(header: HTMLElement, { t }: CodeActions): HTMLButtonElement {
  const more = createButton('codicon-ellipsis', t('More'), () => {
    void import('./openCodeMenu').then(({ openCodeMenu }) => {
      openCodeMenu(more, [...header.querySelectorAll<HTMLButtonElement>('button.extra')]);
    }, reportError);
  });
  more.classList.add('more');
  more.setAttribute('aria-haspopup', 'menu');
  more.setAttribute('aria-expanded', 'false');
  return more;
}

function createCopyButton({ actions, text }: CodeHeaderOptions): HTMLButtonElement {
  const { t } = actions;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const copy = createButton('codicon-copy', t('Copy Code'), () => {
    actions.copyCode(text());
    dressButton(copy, 'codicon-check', t('Copied'));
    clearTimeout(timer);
    timer = setTimeout(() => {
      dressButton(copy, 'codicon-copy', t('Copy Code'));
    }, copiedTime);
  });
  return copy;
}
