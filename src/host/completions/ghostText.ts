import * as vscode from 'vscode';
import { CompletionEngine } from '../../core/completions/completionEngine';
import type { Timer } from '../../core/completions/timer';
import { usageOf } from '../../core/completions/writeCompletionRequest';
import type { ModelReference } from '../../shared/conversation/modelReference';
import { formatModelReference } from '../../shared/conversation/modelReference';
import { explainFailure } from '../../shared/failure/explainFailure';
import { DisposableStore, type Disposable } from '../../shared/kit/disposable';
import type { House } from '../contributions/house';
import type { ModelPicker } from '../models/modelPicker';
import type { GatewaySetup } from '../setup/gatewaySetup';
import { userValue } from '../settings/userValue';
import { plainText } from '../ui/plainText';
import { CompletionNotices } from './completionNotices';
import { CompletionModel, describeProblem, type CompletionModelPorts } from './completionModel';
import { completionPlaceOf } from './completionPlaceOf';
import { CompletionScope } from './completionScope';
import type { CompletionSwitch } from './completionSwitch';
import { describeCompletions } from './describeCompletions';
import { RelatedFiles } from './relatedFiles';
import { StoredTally } from './storedTally';

/** What `GhostText` needs from the rest of the host. */
export interface GhostTextPorts extends CompletionModelPorts {
  readonly house: House;
  readonly completionSwitch: CompletionSwitch;
  readonly modelPicker: () => Promise<ModelPicker>;
  readonly setup: () => Promise<GatewaySetup>;
}

const timer: Timer = {
  now: () => performance.now(),
  after: (milliseconds, call) => {
    const timeout = setTimeout(call, milliseconds);
    return () => {
      clearTimeout(timeout);
    };
  },
};

/** Completions while the user types. In a bundle of its own, which loads with the first question of VS Code. */
export class GhostText implements Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly scope = this.subscriptions.add(new CompletionScope(timer.now));
  private readonly related = new RelatedFiles(this.scope, timer.now);
  private readonly tally: StoredTally;
  private readonly model: CompletionModel;
  private readonly engine: CompletionEngine;
  /** The document of the last question. */
  private document: vscode.TextDocument | undefined;
  private readonly notices: CompletionNotices;

  constructor(private readonly ports: GhostTextPorts) {
    const { house, client, gateways } = ports;
    this.tally = new StoredTally(house.globalState, house.log);
    this.notices = new CompletionNotices(house, ports.setup, () => {
      this.restart();
    });
    this.model = new CompletionModel({
      ...ports,
      client: {
        complete: (request) => {
          this.tally.add(usageOf(undefined, request, ''));
          return client.complete(request);
        },
      },
    });
    this.engine = new CompletionEngine({
      client,
      timer,
      target: () => this.target(),
      related: async (place, tokens) =>
        this.document?.uri.toString() === place.documentId && wantsRelated()
          ? await this.related.find(this.document, place, tokens)
          : [],
      onActivity: () => {
        this.show();
      },
      onUsed: (usage) => {
        this.tally.add(usage);
      },
      onFailed: (failure) => {
        if (this.engine.pause.needsUser) this.notices.tellFailure(failure);
      },
    });
    this.subscriptions.add(
      vscode.workspace.onDidChangeTextDocument((event) => {
        this.related.noteEdit(event);
        if (this.engine.isBusy) this.follow(event);
      }),
    );
    this.subscriptions.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('parley.completions')) this.restart();
      }),
    );
    // A new key or another address may end a failure.
    this.subscriptions.add(
      gateways.changed.on(() => {
        this.restart();
      }),
    );
    this.show();
  }

  /** Answers VS Code's question for a completion. */
  async provide(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    if (!this.ports.completionSwitch.isOn || !(await this.scope.completes(document))) return [];
    if (token.isCancellationRequested) return [];
    this.document = document;
    const place = completionPlaceOf(document, position, context);
    const stopping = new AbortController();
    const subscription = token.onCancellationRequested(() => {
      stopping.abort();
    });
    try {
      const found = await this.engine.complete(place, stopping.signal);
      if (found === undefined) return [];
      const { selectedCompletionInfo: selected } = context;
      const { start, end } = selected?.range ?? new vscode.Range(position, position);
      const range = new vscode.Range(start, end.translate(0, found.replaces));
      return [new vscode.InlineCompletionItem((selected?.text ?? '') + found.text, range)];
    } finally {
      subscription.dispose();
    }
  }

  /** Switches completions on or off. Asks for a model first if no model is set. */
  async toggle(): Promise<void> {
    const isOn = this.ports.completionSwitch.isOn;
    if (!isOn && this.model.reference === undefined && !(await this.selectModel())) return;
    await setSetting('completions.enabled', isOn ? undefined : true);
    if (!isOn) await this.checkModel();
  }

  /**
   * Lets the user select the model.
   *
   * @returns True if one was selected that can complete.
   */
  async selectModel(): Promise<boolean> {
    const picker = await this.ports.modelPicker();
    const chosen = await picker.ask(vscode.l10n.t('Select Model for Completions'), this.model.reference);
    if (chosen === undefined) return false;
    const obstacle = this.model.obstacle(chosen);
    if (obstacle !== undefined && obstacle.kind !== 'failed') {
      void vscode.window.showWarningMessage(plainText(describeProblem(obstacle.kind, chosen.modelId)));
      return false;
    }
    await this.choose(chosen);
    return true;
  }

  dispose(): void {
    this.engine.reset();
    this.subscriptions.dispose();
  }

  private async choose(model: ModelReference): Promise<void> {
    await setSetting('completions.model', formatModelReference(model));
    if (this.ports.completionSwitch.isOn) await this.checkModel();
  }

  /** Checks how the model completes text, right after the user has selected it, and reports problems. */
  private async checkModel(): Promise<void> {
    this.notices.reset();
    const name = this.model.describe()?.name ?? '';
    const title = vscode.l10n.t('Trying how {0} completes text', name);
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      this.target(),
    );
    const { problem } = this.model;
    // The user has just selected the model and wants to know, even if the failure may pass.
    if (problem?.kind === 'failed') this.notices.tellFailure(problem.failure);
    if (this.model.form === 'chat' && problem === undefined)
      void vscode.window.showInformationMessage(
        plainText(
          vscode.l10n.t(
            '{0} completes as a chat, which is slower and costs more tokens. A code model with fill-in-the-middle is faster.',
            name,
          ),
        ),
      );
    this.show();
  }

  private async target(): ReturnType<CompletionModel['target']> {
    const target = await this.model.target();
    const { problem } = this.model;
    if (problem?.kind === 'failed') {
      const { failure } = problem;
      this.engine.pause.begin(failure);
      // The next request tries again, after the pause.
      if (failure.retryable || this.engine.pause.needsUser) this.model.forgetSearches();
      if (this.engine.pause.needsUser) this.notices.tellFailure(failure);
    } else if (problem !== undefined)
      this.notices.tellProblem(
        problem.kind,
        describeProblem(problem.kind, this.model.describe()?.name ?? ''),
      );
    this.show();
    return target;
  }

  private restart(): void {
    this.engine.reset();
    this.model.forgetSearches();
    this.notices.reset();
    this.show();
  }

  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const isWide = document.eol === vscode.EndOfLine.CRLF;
    this.engine.changed(
      document.uri.toString(),
      contentChanges.map(({ range, rangeOffset, rangeLength, text }) => ({
        offset: isWide ? rangeOffset - range.start.line : rangeOffset,
        removed: rangeLength - (isWide ? range.end.line - range.start.line : 0),
        inserted: text.replaceAll('\r\n', '\n'),
      })),
    );
  }

  private sentenceOfProblem(): string | undefined {
    const { problem } = this.model;
    const { failure } = this.engine.pause;
    if (failure !== undefined) return explainFailure(failure, vscode.l10n.t).sentence;
    if (problem === undefined) return undefined;
    if (problem.kind === 'failed') return explainFailure(problem.failure, vscode.l10n.t).sentence;
    return describeProblem(problem.kind, this.model.describe()?.name ?? '');
  }

  private show(): void {
    this.ports.completionSwitch.show(
      describeCompletions({
        model: this.model.describe(),
        form: this.model.form,
        problem: this.sentenceOfProblem(),
        today: this.tally.today,
        latency: this.engine.delay.usualLatency,
      }),
    );
  }
}

function wantsRelated(): boolean {
  return userValue('completions.relatedFiles') !== false;
}

async function setSetting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('parley').update(name, value, vscode.ConfigurationTarget.Global);
}
