import * as vscode from 'vscode';
import { billingPage } from '../../shared/failure/billingPage';
import { explainFailure } from '../../shared/failure/explainFailure';
import type { Failure } from '../../shared/failure/failure';
import type { House } from '../contributions/house';
import type { GatewaySetup } from '../setup/gatewaySetup';
import { openLink } from '../ui/openLink';
import { plainText } from '../ui/plainText';

/** A way out of a problem. */
interface Remedy {
  readonly label: string;
  readonly run: () => PromiseLike<unknown>;
}

/** Tells the user what only the user can change, once until something has changed. */
export class CompletionNotices {
  private readonly told = new Set<string>();

  /** @param onRemedied Called when the user has set a key or has looked at the bill. */
  constructor(
    private readonly house: House,
    private readonly setup: () => Promise<GatewaySetup>,
    private readonly onRemedied: () => void,
  ) {}

  /** Tells that a gateway refuses all requests, with the one action that helps. */
  tellFailure(failure: Failure): void {
    const { sentence, actionLabel } = explainFailure(failure, vscode.l10n.t);
    const run = this.actionFor(failure);
    const text = vscode.l10n.t('Completions have stopped. {0}', sentence);
    this.tell(failure.kind, text, run === undefined ? selectModel() : { label: actionLabel, run });
  }

  /** Tells that the model cannot be used. */
  tellProblem(kind: string, sentence: string): void {
    this.tell(kind, sentence, selectModel());
  }

  /** Tells everything again. */
  reset(): void {
    this.told.clear();
  }

  private actionFor(failure: Failure): Remedy['run'] | undefined {
    const { action } = explainFailure(failure, vscode.l10n.t);
    const page = billingPage(failure);
    if (action === 'open-billing-page' && page !== undefined)
      return async () => {
        await openLink(page);
        this.onRemedied();
      };
    if (action === 'set-key')
      return async () => {
        if (await (await this.setup()).setKey(failure.gatewayId)) this.onRemedied();
      };
    if (action === 'manage-gateways')
      return async () => {
        await (await this.setup()).manage();
      };
    return undefined;
  }

  private tell(kind: string, sentence: string, { label, run }: Remedy): void {
    if (this.told.has(kind)) return;
    this.told.add(kind);
    vscode.window
      .showWarningMessage(plainText(sentence), label)
      .then((chosen) => (chosen === label ? run() : undefined))
      .then(undefined, this.house.warnOfFailure(label));
  }
}

function selectModel(): Remedy {
  return {
    label: vscode.l10n.t('Select Model'),
    run: () => vscode.commands.executeCommand('parley.selectCompletionModel'),
  };
}
