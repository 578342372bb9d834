import * as vscode from 'vscode';
import { DisposableStore } from '../../shared/kit/disposable';

/** Read-only documents of one URI scheme, whose texts are kept in memory. */
export class ReadOnlyDocuments implements vscode.Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly texts = new Map<string, string>();
  private readonly changed = this.subscriptions.add(new vscode.EventEmitter<vscode.Uri>());

  /** @param most How many texts are kept. Open editors rarely ask for older ones. */
  constructor(
    private readonly scheme: string,
    private readonly most = 50,
  ) {
    this.subscriptions.add(
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: (uri) => this.texts.get(uri.toString()) ?? '',
      }),
    );
  }

  /**
   * Sets the text of a document, also in an open editor.
   *
   * @param path Begins with a slash; its last part is the title of the editor.
   * @param query Tells documents with the same path apart.
   */
  set(path: string, text: string, query = ''): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: this.scheme, path, query });
    const key = uri.toString();
    this.texts.delete(key);
    this.texts.set(key, text);
    const [oldest] = this.texts.keys();
    if (this.texts.size > this.most && oldest !== undefined) this.texts.delete(oldest);
    this.changed.fire(uri);
    return uri;
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}
