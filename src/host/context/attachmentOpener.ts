import * as vscode from 'vscode';
import type {
  Attachment,
  CodeAttachment,
  ImageAttachment,
  TextAttachment,
} from '../../shared/conversation/attachment';
import { findAttachedFile } from '../workspace/findNamedFiles';
import { decodeDataUrl, mediaFileName } from '../ui/decodeDataUrl';
import { openLink } from '../ui/openLink';
import { ReadOnlyDocuments } from '../ui/readOnlyDocuments';
import type { OpenedCopies } from '../workspace/openedCopies';

/** Opens attachments in editors. */
export class AttachmentOpener implements vscode.Disposable {
  private readonly texts = new ReadOnlyDocuments('parley-attachment');

  /** @param copies Stores the copies of pictures that VS Code opens. */
  constructor(private readonly copies: OpenedCopies) {}

  /**
   * Opens an attachment.
   *
   * @param chatId The chat that the attachment belongs to.
   */
  async open(attachment: Attachment, chatId: string): Promise<void> {
    switch (attachment.kind) {
      case 'code':
        await openCode(attachment);
        return;
      case 'text':
        await this.openText(attachment);
        return;
      case 'image':
        await this.openPicture(attachment, chatId);
    }
  }

  dispose(): void {
    this.texts.dispose();
  }

  private async openText({ id, name, text, languageId }: TextAttachment): Promise<void> {
    const uri = this.texts.set(`/${id}/${name.replaceAll(/[/\\]+/g, ' ').trim()}`, text);
    const document = await vscode.workspace.openTextDocument(uri);
    const languages = await vscode.languages.getLanguages();
    const wanted = languageId === '' ? 'markdown' : languageId;
    if (languages.includes(wanted)) await vscode.languages.setTextDocumentLanguage(document, wanted);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  private async openPicture({ id, name, url }: ImageAttachment, chatId: string): Promise<void> {
    const content = decodeDataUrl(url);
    if (content === undefined) {
      await openLink(url);
      return;
    }
    // The copy gets a safe name with the extension of its format: VS Code chooses the editor by the file name.
    const fileName = mediaFileName(name, content.mimeType);
    const path = await this.copies.write(chatId, id, fileName, content.bytes);
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path), { preview: true });
  }
}

/** Opens attached code in its file. If the file cannot be found, opens a copy of the code. */
async function openCode(attachment: CodeAttachment): Promise<void> {
  const range = new vscode.Range(
    attachment.startLine - 1,
    0,
    attachment.endLine - 1,
    Number.MAX_SAFE_INTEGER,
  );
  try {
    const uri = await findAttachedFile(attachment);
    if (uri === undefined) await showCopy(attachment);
    else await vscode.window.showTextDocument(uri, { selection: range, preview: true });
  } catch {
    // The file was deleted or moved.
    await showCopy(attachment);
  }
}

/** Opens the text that was sent as an untitled document. */
async function showCopy(attachment: CodeAttachment): Promise<void> {
  const document = await vscode.workspace.openTextDocument({
    content: attachment.text,
    language: attachment.languageId,
  });
  await vscode.window.showTextDocument(document, { preview: true });
}
