import { Uri, type WebviewView, type WebviewViewProvider } from 'vscode';
import { panelHtml } from './panelHtml';
import { PageInbox } from './pageInbox';

/** The code behind the view. */
export interface ViewOwner {
  /**
   * Takes a view over.
   *
   * @param messages What its page has sent so far, oldest first.
   */
  adopt(view: WebviewView, messages: readonly unknown[]): void;
}

/** What the provider needs. */
interface ChatViewPorts {
  readonly extensionUri: Uri;
  /** Reads the view's drafts; never rejects. */
  readonly loadViewState: () => Promise<unknown>;
  /** Loads the code behind the view. */
  readonly owner: () => Promise<ViewOwner>;
}

/**
 * Shows the chat view's page before the code behind it is loaded, so that VS Code loads the page while Node loads the code. The
 * page takes many times as long: it must not wait for the code.
 */
export class ChatViewProvider implements WebviewViewProvider {
  constructor(private readonly ports: ChatViewPorts) {}

  /** Called by VS Code when the view is shown for the first time. Rejects if the code cannot be loaded; VS Code then says so in the view. */
  async resolveWebviewView(view: WebviewView): Promise<void> {
    const inbox = new PageInbox(view);
    try {
      const { extensionUri, loadViewState } = this.ports;
      view.webview.options = {
        enableScripts: true,
        localResourceRoots: [Uri.joinPath(extensionUri, 'dist')],
      };
      view.webview.html = panelHtml(view.webview, extensionUri, await loadViewState());
      const owner = await this.ports.owner();
      const messages = inbox.close();
      if (messages !== undefined) owner.adopt(view, messages);
    } finally {
      inbox.close();
    }
  }
}
