import type { ExtensionContext } from 'vscode';
import { compose, type Composition } from './host/compose';

let composition: Composition | undefined;

/** Called by VS Code when the view is shown or a command is called for the first time. */
export function activate(context: ExtensionContext): void {
  composition = compose(context);
}

/** Called by VS Code when the window closes. */
export async function deactivate(): Promise<void> {
  await composition?.close();
}
