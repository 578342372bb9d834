import * as vscode from 'vscode';

/** The name of a terminal's shell, such as "zsh"; of the default shell if the terminal's is not known yet. Undefined if unknown. */
export function shellOf(terminal: vscode.Terminal | undefined): string | undefined {
  if (terminal?.state.shell !== undefined) return terminal.state.shell;
  const [name = ''] = (vscode.env.shell.split(/[\\/]/).at(-1) ?? '').toLowerCase().split('.');
  return name === '' ? undefined : name;
}
