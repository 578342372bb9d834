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
import type { OpenedCopies } from '../workspace/openedCopies';

/** The scheme of the read-only documents that show text attachments. */
const textScheme = 'parley-attachment';
/** Texts that are shown at a time; those before are no longer asked for by open editors, as a rule. */
const mostTexts = 50;

/** Shows attachments in editors. */
export class AttachmentOpener implements vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly provider: vscode.Disposable;

  /** @param copies Where pictures are written for VS Code to show them. */
  constructor(private readonly copies: OpenedCopies) {
    this.provider = vscode.workspace.registerTextDocumentContentProvider(textScheme, {
      provideTextDocumentContent: (uri) => this.texts.get(uri.toString()) ?? '',
    });
  }

  /** @param chatId The chat that the attachment is in. */
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
    this.provider.dispose();
  }

  private async openText({ id, name, text, languageId }: TextAttachment): Promise<void> {
    const uri = vscode.Uri.from({
      scheme: textScheme,
      path: `/${id}/${name.replaceAll(/[/\\]+/g, ' ').trim()}`,
    });
    this.texts.set(uri.toString(), text);
    const [oldest] = this.texts.keys();
    if (this.texts.size > mostTexts && oldest !== undefined) this.texts.delete(oldest);
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
    // Gets a name of ours: what a picture is called is not ours, and decides how VS Code opens it.
    const fileName = mediaFileName(name, content.mimeType);
    const path = await this.copies.write(chatId, id, fileName, content.bytes);
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path), { preview: true });
  }
}

/** Shows an attachment's code where it is from. */
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
    // The file may be gone since.
    await showCopy(attachment);
  }
}

/** What went with the prompt is still here. */
async function showCopy(attachment: CodeAttachment): Promise<void> {
  const document = await vscode.workspace.openTextDocument({
    content: attachment.text,
    language: attachment.languageId,
  });
  await vscode.window.showTextDocument(document, { preview: true });
}
