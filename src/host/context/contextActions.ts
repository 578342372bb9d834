import * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import type { Sessions } from '../../core/conversation/sessions';
import type { Attachment } from '../../shared/conversation/attachment';
import { DisposableStore } from '../../shared/kit/disposable';
import type { ContextSource } from '../../shared/messages/contextSource';
import type { ToHost } from '../../shared/messages/toHost';
import type { ToView } from '../../shared/messages/toView';
import { decodeDataUrl } from '../ui/decodeDataUrl';
import type { PendingAttachments } from '../chat/pendingAttachments';
import { plainText } from '../ui/plainText';
import { pickAttachments } from './pickAttachments';
import { ContextFinder } from './contextFinder';
import { ContextGuard } from '../workspace/contextGuard';
import { ContextReader } from './contextReader';
import { ContextSources } from './contextSources';
import { readDroppedUri } from './readDroppedUri';
import { AttachmentOpener } from './attachmentOpener';
import { OpenedCopies } from '../workspace/openedCopies';
import { openPersonalPrompts } from './openPersonalPrompts';
import { largestPicture, pictureFromBytes } from './largestPicture';
import { PromptActions } from './promptActions';
import { PromptLibrary } from './promptLibrary';
import { FolderReader } from './folderReader';
import { WorkspaceFiles } from '../workspace/workspaceFiles';
import { WorkspaceRules } from '../workspace/workspaceRules';

/** What gathering context needs. */
export interface ContextPorts {
  readonly sessions: Sessions;
  readonly attachments: PendingAttachments;
  readonly log: Log;
  /** Where personal prompts are, and pictures are written to be shown. */
  readonly storage: vscode.Uri;
  /** The model that the next prompt goes to, in words. */
  readonly modelName: () => string;
  /** The instruction file that a chip stands for. */
  readonly instructionFile: (id: string) => vscode.Uri | undefined;
  /** Sends a reply or text to the panel. */
  readonly send: <Type extends 'context-found' | 'prompts-found' | 'insert-text'>(
    type: Type,
    body: ToView[Type],
  ) => void;
  /** Puts the cursor back into the composer. */
  readonly reveal: () => Promise<void>;
}

/** A text that was pasted is cut beyond this, in characters. */
const longestText = 1_000_000;

/** Finds, reads and shows what goes along with prompts. A bundle of its own, loaded with the first use. */
export class ContextActions implements vscode.Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly finder: ContextFinder;
  private readonly reader: ContextReader;
  private readonly sources: ContextSources;
  private readonly library: PromptLibrary;
  private readonly prompts: PromptActions;
  private readonly opener: AttachmentOpener;

  constructor(private readonly ports: ContextPorts) {
    const { storage } = ports;
    const rules = this.subscriptions.add(new WorkspaceRules());
    const files = this.subscriptions.add(new WorkspaceFiles(rules));
    const guard = new ContextGuard(rules, ports.modelName);
    this.finder = new ContextFinder(files, guard);
    this.reader = new ContextReader(guard, new FolderReader(files, guard));
    this.sources = new ContextSources(guard);
    this.library = new PromptLibrary(vscode.Uri.joinPath(storage, 'prompts'));
    this.prompts = new PromptActions(this.library, this.sources, this.reader, guard);
    this.opener = this.subscriptions.add(new AttachmentOpener(new OpenedCopies(storage.fsPath)));
  }

  /** The Attach button: asks what to attach. */
  async attach(): Promise<void> {
    await this.addTo(() =>
      pickAttachments({
        read: (uris) => this.reader.readAll(uris, 'person'),
        source: (source) => this.sources.attach(source),
      }),
    );
    await this.ports.reveal();
  }

  /** Shows an attachment: one that is pending or one of a message of the shown conversation. */
  async open({ id }: ToHost['open-attachment']): Promise<void> {
    const instructions = this.ports.instructionFile(id);
    if (instructions !== undefined) {
      await vscode.window.showTextDocument(instructions, { preview: true });
      return;
    }
    const { conversation } = this.ports.sessions.current;
    const sent = [...conversation.messages.values()].flatMap((message) =>
      message.role === 'user' ? message.attachments : [],
    );
    const attachment = [...this.ports.attachments.of(conversation.id), ...sent].find(
      (candidate) => candidate.id === id,
    );
    if (attachment !== undefined) await this.opener.open(attachment, conversation.id);
  }

  /** Lists files, folders and symbols for an `@` mention. */
  async find({ request, query }: ToHost['find-context']): Promise<void> {
    this.ports.send('context-found', { request, items: await this.finder.find(query) });
  }

  /** Attaches one of what was listed; nothing for an id that was not. */
  async attachFound({ id }: ToHost['attach-found']): Promise<void> {
    const found = this.finder.lookUp(id);
    if (found !== undefined) await this.addTo(() => this.reader.readFound(found));
  }

  /** Attaches what `#` names. */
  async attachSource({ source }: ToHost['attach-context']): Promise<void> {
    await this.addTo(() => this.sources.attach(source));
  }

  /** Attaches files and folders that were dropped; asks about those that are outside or hidden. */
  async attachDropped({ uris }: ToHost['attach-dropped']): Promise<void> {
    const readable = uris.flatMap((text) => readDroppedUri(text) ?? []);
    if (readable.length < uris.length) {
      void vscode.window.showWarningMessage(vscode.l10n.t('Only files and folders can be dropped here.'));
    }
    const unique = [...new Map(readable.map((uri) => [uri.toString(), uri])).values()];
    await this.addTo(() => this.reader.readAll(unique, 'page'));
  }

  /** Attaches a picture that was pasted or dropped, if its bytes say that it is one. */
  async attachPicture({ name, url }: ToHost['attach-picture']): Promise<void> {
    const bytes = decodeDataUrl(url)?.bytes;
    const picture =
      bytes === undefined || bytes.length > largestPicture ? undefined : pictureFromBytes(name, bytes);
    if (picture === undefined) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('{0} is no PNG, JPEG, GIF or WebP picture.', plainText(name)),
      );
      return;
    }
    await this.addTo(() => Promise.resolve([picture]));
  }

  /** Attaches a long text that was pasted. */
  async attachText({ text }: ToHost['attach-text']): Promise<void> {
    if (text.trim() === '') return;
    const lines = text.split('\n').length;
    const piece: Attachment = {
      kind: 'text',
      id: crypto.randomUUID(),
      scope: 'paste',
      name: lines === 1 ? vscode.l10n.t('Pasted text') : vscode.l10n.t('Pasted text, {0} lines', lines),
      languageId: 'text',
      text: text.slice(0, longestText),
      truncated: text.length > longestText,
    };
    await this.addTo(() => Promise.resolve([piece]));
  }

  /** Lists the prompts for `/`. */
  async findPrompts({ request }: ToHost['find-prompts']): Promise<void> {
    this.ports.send('prompts-found', { request, prompts: await this.library.list() });
  }

  /** Puts a prompt into the composer, with what goes along as chips. */
  async usePrompt({ id }: ToHost['use-prompt']): Promise<void> {
    const { id: conversationId } = this.ports.sessions.current.conversation;
    const hasAttachments = this.ports.attachments.of(conversationId).length > 0;
    const chosen = await this.prompts.choose(id, hasAttachments);
    if (chosen === undefined) return;
    this.ports.attachments.add(conversationId, chosen.attachments);
    this.ports.send('insert-text', chosen.insert);
  }

  /** What is selected, else what encloses the cursor; undefined when nothing may go along. Says why by itself. */
  async subject(): Promise<readonly Attachment[] | undefined> {
    return await this.sources.subject();
  }

  /** Attaches files and folders that a person chose in VS Code's own lists. */
  async attachFiles(uris: readonly vscode.Uri[]): Promise<void> {
    await this.addTo(() => this.reader.readAll(uris, 'person'));
  }

  /** Attaches one of the sources for a command. */
  async attachBySource(source: ContextSource): Promise<void> {
    await this.addTo(() => this.sources.attach(source));
  }

  /** Opens one of a person's own prompts, or a new one. */
  async openPrompts(): Promise<void> {
    await openPersonalPrompts(this.library.personal);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /** Adds what is gathered to the conversation that was shown when it was asked for. */
  private async addTo(gather: () => Promise<readonly Attachment[]>): Promise<void> {
    const { id } = this.ports.sessions.current.conversation;
    const pieces = await gather();
    if (pieces.length > 0) this.ports.attachments.add(id, pieces);
  }
}
