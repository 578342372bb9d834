import { window, type ExtensionContext, type WebviewViewProvider } from 'vscode';

const page =
  '<!DOCTYPE html><textarea></textarea><script>document.querySelector("textarea").focus()</script>';

/** The least that an extension can show in a view: one text area that takes the focus. */
export function activate({ subscriptions }: ExtensionContext): void {
  const provider: WebviewViewProvider = {
    resolveWebviewView: ({ webview }) => {
      webview.options = { enableScripts: true };
      webview.html = page;
    },
  };
  subscriptions.push(window.registerWebviewViewProvider('bench.floorView', provider));
}
