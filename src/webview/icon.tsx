import type { JSX } from 'preact';

/** The codicons that components use; each has its glyph in `styles/icons.css`. */
export type IconName =
  | 'add'
  | 'history'
  | 'attach'
  | 'send'
  | 'debug-stop'
  | 'copy'
  | 'check'
  | 'edit'
  | 'refresh'
  | 'chevron-left'
  | 'chevron-right'
  | 'chevron-down'
  | 'arrow-down'
  | 'close'
  | 'error'
  | 'warning'
  | 'stop-circle'
  | 'code'
  | 'file-media'
  | 'save'
  | 'tools'
  | 'info'
  | 'graph'
  | 'server'
  | 'file'
  | 'folder'
  | 'file-code'
  | 'symbol-misc'
  | 'list-selection'
  | 'git-compare'
  | 'terminal'
  | 'lightbulb'
  | 'note'
  | 'book'
  | 'trash'
  | 'pin'
  | 'pinned'
  | 'export'
  | 'loading'
  | 'arrow-up'
  | 'case-sensitive'
  | 'plug';

/** A codicon. Decoration only: whoever shows it gives the name. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return <span class={`codicon codicon-${name}`} aria-hidden="true" />;
}
