import { ExtensionMode, type ExtensionContext } from 'vscode';
import { compose, type Composition } from './host/compose';

let composition: Composition | undefined;

/**
 * Called by VS Code when the view is shown or a command is called for the first time.
 *
 * @returns Nothing to other extensions: whatever is returned here, they could call, keys included.
 * Only while VS Code runs tests of an extension under development it is the composition.
 */
export function activate(context: ExtensionContext): Composition | undefined {
  composition = compose(context);
  return context.extensionMode === ExtensionMode.Test ? composition : undefined;
}

/** Called by VS Code when the window closes. */
export async function deactivate(): Promise<void> {
  await composition?.close();
}
