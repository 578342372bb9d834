import * as vscode from 'vscode';
import type { NamedBy } from '../../core/context/decideAboutFile';
import type { Log } from '../../core/ports/log';
import type { Attachment } from '../../shared/conversation/attachment';
import { DisposableStore } from '../../shared/kit/disposable';
import type { ContextSource, Starter } from '../../shared/messages/toView';
import type { ToHost } from '../../shared/messages/toHost';
import type { Panel } from '../contributions/openPanels';
import { decodeDataUrl } from '../ui/decodeDataUrl';
import type { PendingAttachments } from '../chat/pendingAttachments';
import type { PromptEdits } from '../chat/promptEdits';
import { plainText } from '../ui/plainText';
import { soundMimeType } from '../speech/soundMimeType';
import { pickAttachments } from './pickAttachments';
import { ContextFinder } from './contextFinder';
import { ContextGuard } from '../workspace/contextGuard';
import { ContextReader } from './contextReader';
import { ContextSources } from './contextSources';
import { readDroppedUri } from './readDroppedUri';
import { starterText } from './starterText';
import { AttachmentOpener } from './attachmentOpener';
import { OpenedCopies } from '../workspace/openedCopies';
import { openPersonalPrompts } from './openPersonalPrompts';
import { largestPicture, pictureFromBytes } from './pictureFromBytes';
import { PromptActions } from './promptActions';
import { PromptLibrary } from './promptLibrary';
import { FolderReader } from './folderReader';
import { WorkspaceFiles } from '../workspace/workspaceFiles';
import { WorkspaceRules } from '../workspace/workspaceRules';

/** What `ContextActions` needs from the rest of the host. */
export interface ContextPorts {
  /** The panel whose prompts get the attachments. */
  readonly panel: Pick<Panel, 'sessions' | 'page'>;
  readonly attachments: PendingAttachments;
  readonly edits: PromptEdits;
  readonly log: Log;
  /** Parley's storage folder, for personal prompts and for copies of opened pictures. */
  readonly storage: vscode.Uri;
  /** The display name of the model that the next prompt goes to. */
  readonly modelName: () => string;
  /** Asks what to do with a sound file, and does it. */
  readonly transcribe: (uri: vscode.Uri) => Promise<void>;
  /** Finds the instruction file of a chip; undefined for other chips. */
  readonly instructionFile: (id: string) => vscode.Uri | undefined;
  /** Finds the code that belongs to a question. */
  readonly searchCodebase: (
    question: string,
    scope: { readonly files: WorkspaceFiles; readonly guard: ContextGuard },
  ) => Promise<readonly Attachment[]>;
}

/** The attachments of a prompt that is being written. */
interface AttachmentPlace {
  readonly attachments: () => readonly Attachment[];
  readonly add: (pieces: readonly Attachment[]) => void;
}

/** The longest pasted text that is attached, in characters. The rest is cut. */
const longestText = 1_000_000;

/** Finds, reads and shows the attachments of prompts. In a bundle of its own, which is loaded on first use. */
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
    this.sources = new ContextSources(guard, async (given) => {
      const question = given ?? (await askCodebaseQuestion()) ?? '';
      return question === '' ? [] : await ports.searchCodebase(question, { files, guard });
    });
    this.library = new PromptLibrary(vscode.Uri.joinPath(storage, 'prompts'));
    this.prompts = new PromptActions(this.library, this.sources, this.reader, guard);
    this.opener = this.subscriptions.add(new AttachmentOpener(new OpenedCopies(storage.fsPath)));
  }

  /** The Attach button: asks what to attach. */
  async attach({ edit }: ToHost['attach']): Promise<void> {
    await this.addTo(edit, () =>
      pickAttachments({
        read: (uris) => this.readAll(uris, 'person'),
        source: (source) => this.sources.attach(source),
      }),
    );
    await this.ports.panel.page.reveal();
  }

  /** Opens an attachment: an instruction file, a pending attachment, or one of a message in the shown conversation. */
  async open({ id }: ToHost['open-attachment']): Promise<void> {
    const instructions = this.ports.instructionFile(id);
    if (instructions !== undefined) {
      await vscode.window.showTextDocument(instructions, { preview: true });
      return;
    }
    const { conversation } = this.ports.panel.sessions.current;
    const sent = [...conversation.messages.values()].flatMap((message) =>
      message.role === 'user' ? message.attachments : [],
    );
    const edited = this.ports.edits.of(conversation.id).flatMap(({ attachments }) => attachments);
    const attachment = [...this.ports.attachments.of(conversation.id), ...edited, ...sent].find(
      (candidate) => candidate.id === id,
    );
    if (attachment !== undefined) await this.opener.open(attachment, conversation.id);
  }

  /** Lists files, folders and symbols for an `@` mention. */
  async find({ request, query }: ToHost['find-context']): Promise<void> {
    this.ports.panel.page.send('context-found', { request, items: await this.finder.find(query) });
  }

  /** Attaches a file, folder or symbol that was listed for `@`. Ignores unknown ids. */
  async attachFound({ id, edit }: ToHost['attach-found']): Promise<void> {
    const found = this.finder.lookUp(id);
    if (found !== undefined) await this.addTo(edit, () => this.reader.readFound(found));
  }

  /** Attaches a source that `#` lists. */
  async attachSource({ source, text, edit }: ToHost['attach-context']): Promise<void> {
    const question = source === 'codebase' && text === undefined ? await askCodebaseQuestion() : text;
    await this.addTo(edit, () => this.sources.attach(source, question ?? ''));
    // The prompt was empty, and now begins with what was searched for.
    if (question !== undefined && text === undefined) {
      const at = { selectStart: question.length, selectEnd: question.length };
      this.ports.panel.page.send('insert-text', {
        text: question,
        ...at,
        ...(edit !== undefined && { edit }),
      });
    }
  }

  /** Attaches dropped files and folders. Asks about those outside the workspace and about hidden ones. */
  async attachDropped({ uris, edit }: ToHost['attach-dropped']): Promise<void> {
    const readable = uris.flatMap((text) => readDroppedUri(text) ?? []);
    if (readable.length < uris.length) {
      void vscode.window.showWarningMessage(vscode.l10n.t('Only files and folders can be dropped here.'));
    }
    const unique = [...new Map(readable.map((uri) => [uri.toString(), uri])).values()];
    await this.addTo(edit, () => this.readAll(unique, 'page'));
  }

  /** Attaches a pasted or dropped picture, after checking its format and size. */
  async attachPicture({ name, url, edit }: ToHost['attach-picture']): Promise<void> {
    const bytes = decodeDataUrl(url)?.bytes;
    const picture =
      bytes === undefined || bytes.length > largestPicture ? undefined : pictureFromBytes(name, bytes);
    if (picture === undefined) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('{0} is not a PNG, JPEG, GIF or WebP picture.', plainText(name)),
      );
      return;
    }
    await this.addTo(edit, () => Promise.resolve([picture]));
  }

  /** Attaches a long pasted text. */
  async attachText({ text, edit }: ToHost['attach-text']): Promise<void> {
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
    await this.addTo(edit, () => Promise.resolve([piece]));
  }

  /** Lists the prompts for `/`. */
  async findPrompts({ request }: ToHost['find-prompts']): Promise<void> {
    this.ports.panel.page.send('prompts-found', { request, prompts: await this.library.list() });
  }

  /** Inserts a listed prompt into the message field and attaches its context. */
  async usePrompt({ id, edit }: ToHost['use-prompt']): Promise<void> {
    const place = this.placeOf(edit);
    const chosen = await this.prompts.choose(id, place.attachments().length > 0);
    if (chosen === undefined) return;
    place.add(chosen.attachments);
    this.ports.panel.page.send('insert-text', { ...chosen.insert, ...(edit !== undefined && { edit }) });
  }

  /**
   * The selected code; without a selection, the code around the cursor.
   *
   * @returns undefined if there is no code or it must not be attached. A message has then told the user why.
   */
  async subject(): Promise<readonly Attachment[] | undefined> {
    return await this.sources.subject();
  }

  /**
   * A first prompt of an empty chat with its attachments.
   *
   * @returns undefined if there is nothing to attach any more, or if the user does not want to attach it.
   */
  async starter(
    starter: Starter,
  ): Promise<{ readonly text: string; readonly attachments: readonly Attachment[] } | undefined> {
    const attachments = await this.attachmentsFor(starter);
    return attachments.length === 0 ? undefined : { text: starterText(starter), attachments };
  }

  private async attachmentsFor(starter: Starter): Promise<readonly Attachment[]> {
    switch (starter) {
      case 'explain-file':
        return await this.sources.attach('file');
      case 'write-tests':
        return await this.sources.symbol();
      case 'review-changes':
        return await this.sources.attach('changes');
      case 'fix-problems':
        return await this.sources.problemsWithCode();
    }
  }

  /** Attaches files and folders that the user chose in VS Code, for example in the Explorer. */
  async attachFiles(uris: readonly vscode.Uri[]): Promise<void> {
    await this.addTo(undefined, () => this.readAll(uris, 'person'));
  }

  /** Attaches a source for a command. */
  async attachBySource(source: ContextSource): Promise<void> {
    await this.addTo(undefined, () => this.sources.attach(source));
  }

  /** Lets the user open or create a personal prompt. */
  async openPrompts(): Promise<void> {
    await openPersonalPrompts(this.library.personal);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /**
   * Gathers attachments and adds them to the prompt that was being written before gathering began.
   *
   * @param edit The edited prompt; undefined for the next prompt.
   */
  private async addTo(edit: string | undefined, gather: () => Promise<readonly Attachment[]>): Promise<void> {
    const place = this.placeOf(edit);
    const pieces = await gather();
    if (pieces.length > 0) place.add(pieces);
  }

  /** Reads files. Sound files are not attached, but written down if the user wants it. */
  private async readAll(uris: readonly vscode.Uri[], namedBy: NamedBy): Promise<readonly Attachment[]> {
    const isSound = (uri: vscode.Uri): boolean => soundMimeType(uri.path) !== undefined;
    const pieces = await this.reader.readAll(
      uris.filter((uri) => !isSound(uri)),
      namedBy,
    );
    // One after the other, because each asks the user.
    for (const uri of uris.filter(isSound)) await this.ports.transcribe(uri);
    return pieces;
  }

  private placeOf(edit: string | undefined): AttachmentPlace {
    const { attachments, edits, panel } = this.ports;
    const { id } = panel.sessions.current.conversation;
    if (edit === undefined) {
      return {
        attachments: () => attachments.of(id),
        add: (pieces) => {
          attachments.add(id, pieces);
        },
      };
    }
    return {
      attachments: () => edits.of(id).find((candidate) => candidate.id === edit)?.attachments ?? [],
      add: (pieces) => {
        edits.add(id, edit, pieces);
      },
    };
  }
}

/** Asks what `#codebase` searches for. Undefined if the user cancels or enters nothing. */
async function askCodebaseQuestion(): Promise<string | undefined> {
  const question = await vscode.window.showInputBox({
    title: vscode.l10n.t('Search the Codebase'),
    prompt: vscode.l10n.t('What should the code be about? The matching parts are attached to the prompt.'),
  });
  return question?.trim() === '' ? undefined : question?.trim();
}
