import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { countTerms } from '../../core/codebase/countTerms';
import { Rotation } from '../../core/codebase/rotation';
import { searchSegments } from '../../core/codebase/searchSegments';
import type { Timeouts } from '../../core/models/route';
import type { Embedder } from '../../core/ports/embedder';
import type { Log } from '../../core/ports/log';
import type { Attachment } from '../../shared/conversation/attachment';
import type { Failure } from '../../shared/failure/failure';
import { explainFailure } from '../../shared/failure/explainFailure';
import { CodebaseStore } from '../../storage/codebase/codebaseStore';
import { nodeFileSystem } from '../../storage/files/fileSystem';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import type { ModelCatalogue } from '../models/modelCatalogue';
import { plainText } from '../ui/plainText';
import { readWorkspaceText } from '../workspace/readWorkspaceText';
import type { ContextGuard } from '../workspace/contextGuard';
import type { WorkspaceFiles } from '../workspace/workspaceFiles';
import { chooseSearch } from './chooseSearch';
import { keepCodebaseChoice, readCodebaseChoice, type CodebaseChoice } from './codebaseChoice';
import { nameOfIndex, removeOtherIndexes } from './removeOtherIndexes';
import { largestIndexedFile, readCodebaseFiles, type CodebaseFile } from './readCodebaseFiles';
import { tidyIndex, updateIndex, type EmbedTexts, type IndexerParts } from './updateIndex';
import { readPassages } from './readPassages';
import { CancelledError, timeSlices } from './timeSlices';
import { withSearchProgress } from './withSearchProgress';

/** What searching the codebase needs from the rest of the host. */
export interface CodebasePorts {
  readonly client: Embedder;
  readonly gateways: GatewayRegistry;
  readonly catalogue: ModelCatalogue;
  readonly timeouts: () => Timeouts;
  /** The id of the gateway of the current model. */
  readonly currentGateway: () => string | undefined;
  readonly workspaceState: vscode.Memento;
  /** The folder of the indexes of this workspace; undefined if no folder is open. */
  readonly folder: string | undefined;
  readonly log: Log;
  readonly now: () => number;
}

/** Knows which files may be read. */
export interface CodebaseScope {
  readonly files: Pick<WorkspaceFiles, 'list'>;
  readonly guard: Pick<ContextGuard, 'listable'>;
}

/** The gateway did not compute vectors. */
class EmbeddingFailure extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

/** How long an index stays in memory after its last use, in milliseconds. */
const longestIdle = 10 * 60_000;

/** A saved file is indexed after this time without another save, in milliseconds. */
const saveDelay = 2_000;

/** More hits are looked at than are attached, because some may be out of date. */
const mostHits = 40;

/** Searches the workspace for `#codebase`. In a bundle of its own, which loads on first use. */
export class CodebaseActions implements vscode.Disposable {
  private opened: { readonly name: string; readonly parts: IndexerParts } | undefined;
  private idle: NodeJS.Timeout | undefined;
  /** Searches and updates run one after the other. */
  private queue: Promise<unknown> = Promise.resolve();
  private readonly saved = new Map<string, vscode.Uri>();
  private saving: NodeJS.Timeout | undefined;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly ports: CodebasePorts) {
    this.subscription = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (this.opened === undefined) return;
      this.saved.set(uri.toString(), uri);
      clearTimeout(this.saving);
      this.saving = setTimeout(() => {
        this.indexSaved().catch((error: unknown) => {
          this.ports.log.warn(`Saved files were not indexed. ${String(error)}`);
        });
      }, saveDelay);
    });
  }

  /**
   * Finds the code that belongs to a question. Asks first whether code may be sent to an embedding model, and shows the progress
   * while the index is built. Empty if nothing is found or if the user cancels.
   */
  async search(question: string, scope: CodebaseScope): Promise<readonly Attachment[]> {
    const { folder } = this.ports;
    if (folder === undefined || (vscode.workspace.workspaceFolders ?? []).length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Open a folder to search its code.'));
      return [];
    }
    const files = await readCodebaseFiles((await scope.files.list()).files);
    const choice = await this.choose(files);
    if (choice === undefined) return [];
    const found = await withSearchProgress((signal, report) =>
      this.inTurn(() => this.find(question, choice, { folder, files, scope, signal, report })),
    );
    if (found?.length === 0)
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Nothing in the workspace matches the question.'),
      );
    return found ?? [];
  }

  /** Deletes all indexes of the workspace. */
  async deleteIndex(): Promise<void> {
    await this.inTurn(async () => {
      this.close();
      if (this.ports.folder !== undefined) await rm(this.ports.folder, { recursive: true, force: true });
    });
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The codebase index of this workspace was deleted.'),
    );
  }

  /** Forgets what the user allowed for this workspace. The next search asks again. */
  async forgetChoice(): Promise<void> {
    await keepCodebaseChoice(this.ports.workspaceState, undefined);
    this.close();
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No more code is sent for the index. The next #codebase asks again.'),
    );
  }

  dispose(): void {
    this.subscription.dispose();
    clearTimeout(this.saving);
    this.close();
  }

  private close(): void {
    clearTimeout(this.idle);
    clearTimeout(this.saving);
    this.saved.clear();
    this.opened = undefined;
  }

  /** What the user has allowed. Asks if that is not known, or if the gateway has changed. */
  private async choose(files: readonly CodebaseFile[]): Promise<CodebaseChoice | undefined> {
    const known = readCodebaseChoice(this.ports.workspaceState);
    if (known?.kind === 'words') return known;
    if (known !== undefined && this.gatewayOf(known) !== undefined) return known;
    return await chooseSearch(files, this.ports);
  }

  private gatewayOf({
    gatewayId,
    baseUrl,
  }: CodebaseChoice & { kind: 'embeddings' }): KnownGateway | undefined {
    const gateway = this.ports.gateways.find(gatewayId);
    return gateway?.baseUrl === baseUrl ? gateway : undefined;
  }

  private async find(
    question: string,
    choice: CodebaseChoice,
    given: {
      readonly folder: string;
      readonly files: readonly CodebaseFile[];
      readonly scope: CodebaseScope;
      readonly signal: AbortSignal;
      readonly report: (done: number, total: number) => void;
    },
  ): Promise<readonly Attachment[]> {
    const { folder, files, scope, signal, report } = given;
    const pace = timeSlices(signal);
    const embed = choice.kind === 'words' ? undefined : this.embedderFor(choice, signal);
    const embedded = await embed?.([question]);
    const vector = embedded?.vectors.get(0);
    if (embedded?.error !== undefined) this.warnOf(embedded.error);
    // After a failure, the search goes on without embeddings.
    const parts = this.open(
      vector === undefined ? { kind: 'words' } : choice,
      folder,
      vector?.length ?? 0,
      scope,
    );
    await parts.store.refresh(pace);
    const rotation = parts.vectors?.rotation;
    const current = rotation && embed ? { ...parts, vectors: { rotation, embed } } : parts;
    try {
      const isComplete = await updateIndex(files, current, pace, report);
      if (!isComplete)
        this.ports.log.warn('The workspace has too much code for one index. A part is left out.');
      await tidyIndex(files, parts.store, pace);
      if (rotation !== undefined && isComplete) await removeOtherIndexes(folder, parts.store.name);
    } catch (error) {
      // What has been indexed so far can be searched.
      this.warnOf(error);
    }
    const query = {
      terms: countTerms(question),
      ...(vector && rotation && { vector: rotation.rotate(vector) }),
    };
    const hits = await searchSegments(parts.store.set.entries, query, mostHits, pace);
    this.closeLater();
    return await readPassages(hits, scope.guard);
  }

  /** Opens the index of a model and width, if it is not open yet. */
  private open(choice: CodebaseChoice, folder: string, width: number, scope: CodebaseScope): IndexerParts {
    const name = nameOfIndex(choice, width);
    if (this.opened?.name === name) return this.opened.parts;
    const { log, now } = this.ports;
    const rotation = new Rotation(width);
    const coordinates = choice.kind === 'words' ? 0 : rotation.kept;
    const store = new CodebaseStore({
      folder: join(folder, name),
      coordinates,
      fileSystem: nodeFileSystem,
      log,
      now,
    });
    const embed: EmbedTexts | undefined =
      choice.kind === 'words' ? undefined : this.embedderFor(choice, new AbortController().signal);
    const readText = (uri: vscode.Uri): Promise<string | undefined> =>
      readWorkspaceText(uri, largestIndexedFile);
    const parts = { store, readText, guard: scope.guard, ...(embed && { vectors: { rotation, embed } }) };
    this.opened = { name, parts };
    return parts;
  }

  /** Its errors are an `EmbeddingFailure` if the gateway fails, and a `CancelledError` if the user cancels. */
  private embedderFor(choice: CodebaseChoice & { kind: 'embeddings' }, signal: AbortSignal): EmbedTexts {
    return async (texts) => {
      const gateway = this.gatewayOf(choice);
      const { modelId } = choice;
      const timeouts = this.ports.timeouts();
      const none = new Map<number, Float32Array>();
      // The user may have taken the permission back in the meantime.
      if (readCodebaseChoice(this.ports.workspaceState)?.kind !== 'embeddings')
        return { vectors: none, error: new CancelledError('The permission was taken back.') };
      if (gateway === undefined) {
        const { gatewayId } = choice;
        const error = new EmbeddingFailure({ kind: 'unknown-gateway', retryable: false, gatewayId });
        return { vectors: none, error };
      }
      const reply = await this.ports.client.embed({ gateway, modelId, texts, timeouts, signal });
      if (reply.kind === 'embedded') return { vectors: new Map(reply.vectors.entries()) };
      const error =
        reply.kind === 'cancelled'
          ? new CancelledError('The request was cancelled.')
          : new EmbeddingFailure(reply.failure);
      return { vectors: reply.received, error };
    };
  }

  /** Tells the user about a failure of the gateway. Throws any other error. */
  private warnOf(error: unknown): void {
    if (!(error instanceof EmbeddingFailure)) throw error;
    const { failure } = error;
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The codebase index is not complete. {0}',
        plainText(explainFailure(failure, vscode.l10n.t).sentence),
      ),
    );
  }

  private async indexSaved(): Promise<void> {
    const uris = new Set(this.saved.keys());
    this.saved.clear();
    await this.inTurn(async () => {
      const { opened } = this;
      // Only files of the workspace that are indexed already: a new file is found by the next search.
      const known = [...uris].filter((uri) => opened?.parts.store.set.find(uri) !== undefined);
      if (opened === undefined || known.length === 0) return;
      const entries = known.map((text) => {
        const uri = vscode.Uri.parse(text, true);
        const path = vscode.workspace.asRelativePath(uri);
        return { kind: 'file' as const, uri, name: path, path };
      });
      await updateIndex(await readCodebaseFiles(entries), opened.parts, timeSlices(), () => undefined);
      this.closeLater();
    });
  }

  private closeLater(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      this.close();
    }, longestIdle);
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.queue.then(work);
    // A failure concerns its caller only.
    this.queue = result.catch(() => undefined);
    return result;
  }
}
