import * as vscode from 'vscode';
import { checkLabel, writeCheckDocument, writeCheckReport } from '../../core/gatewayCheck/writeCheckReport';
import { GatewayChecker } from '../../core/gatewayCheck/gatewayChecker';
import type { GatewayCheck } from '../../core/gatewayCheck/gatewayCheck';
import { shownAddress } from '../../core/models/gateway';
import { parametersFor } from '../../core/models/parametersFor';
import type { ChatClient } from '../../core/ports/chatClient';
import type { Log } from '../../core/ports/log';
import type { Disposable } from '../../shared/kit/disposable';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import type { ModelChoice } from '../models/modelChoice';
import type { UnsupportedParameters } from '../models/unsupportedParameters';
import type { Settings } from '../settings/settings';
import { ReadOnlyDocuments } from '../ui/readOnlyDocuments';
import { describeLearned } from './describeGatewayRow';

/** What `GatewayCheckup` needs from the rest of the host. */
interface CheckupPorts {
  readonly client: ChatClient;
  readonly gateways: GatewayRegistry;
  readonly choice: ModelChoice;
  readonly settings: Settings;
  readonly unsupportedParameters: UnsupportedParameters;
  readonly log: Log;
  readonly now: () => number;
}

/** The number of steps that report progress: address, connection, answer and four features. */
const steps = 7;

/** Checks a gateway when the user asks for it, and shows the result as a Markdown document. */
export class GatewayCheckup implements Disposable {
  private readonly documents = new ReadOnlyDocuments('parley-check');

  constructor(private readonly ports: CheckupPorts) {}

  /**
   * Tells what a check sends. After the user agrees, runs it and shows the result.
   *
   * @param gatewayId Without an id, asks which gateway to check.
   */
  async start(gatewayId?: string): Promise<void> {
    const gateway = gatewayId === undefined ? await this.pick() : this.ports.gateways.find(gatewayId);
    if (gateway === undefined || !(await confirm(gateway))) return;
    await this.show(gateway, await this.run(gateway));
  }

  /** Lets the user choose which models' unsupported parameters to forget. */
  async forgetRefusals(): Promise<void> {
    const { unsupportedParameters, gateways } = this.ports;
    const items = unsupportedParameters.all().map((refusal) => ({
      label: refusal.modelId,
      description: gateways.find(refusal.gatewayId)?.name ?? refusal.gatewayId,
      detail: describeLearned(refusal),
      picked: true,
      refusal,
    }));
    if (items.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Parley has not learned any refusals.'));
      return;
    }
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Forget Learned Refusals'),
      placeHolder: vscode.l10n.t('The selected models get complete requests again.'),
      canPickMany: true,
    });
    if (picked !== undefined) unsupportedParameters.forget(picked.map(({ refusal }) => refusal));
  }

  dispose(): void {
    this.documents.dispose();
  }

  private async pick(): Promise<KnownGateway | undefined> {
    const { gateways, choice } = this.ports;
    const ready = await gateways.ready();
    const current = choice.current()?.gatewayId;
    // A gateway without a key can be checked, too: the check reports the missing key.
    const others = gateways.all().filter((gateway) => !ready.includes(gateway));
    const items = [
      ...ready.toSorted((left, right) => Number(right.id === current) - Number(left.id === current)),
      ...others,
    ];
    const picked = await vscode.window.showQuickPick(
      items.map((gateway) => ({ label: gateway.name, description: shownAddress(gateway.baseUrl), gateway })),
      {
        title: vscode.l10n.t('Check Gateway'),
        placeHolder: vscode.l10n.t('Select the gateway to check'),
      },
    );
    return picked?.gateway;
  }

  private async run(gateway: KnownGateway): Promise<GatewayCheck> {
    const { client, choice, settings, now } = this.ports;
    const current = choice.current();
    return await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Checking {0}', gateway.name),
        cancellable: true,
      },
      async (progress, token) => {
        const checker = new GatewayChecker({
          client,
          gateway,
          modelId: current?.gatewayId === gateway.id ? current.modelId : undefined,
          defaultModel: gateway.preset?.defaultModel ?? undefined,
          parametersOf: (modelId) => parametersFor(settings.parameters(), { gatewayId: gateway.id, modelId }),
          timeouts: settings.timeouts(),
          now,
          t: vscode.l10n.t,
          onStep: (name) => {
            progress.report({ message: checkLabel(name, vscode.l10n.t), increment: 100 / steps });
          },
        });
        const subscription = token.onCancellationRequested(() => {
          checker.cancel();
        });
        try {
          return await checker.run();
        } finally {
          subscription.dispose();
        }
      },
    );
  }

  private async show(gateway: KnownGateway, check: GatewayCheck): Promise<void> {
    const refusals = new Map(
      this.ports.unsupportedParameters
        .all()
        .filter(({ gatewayId, parts }) => gatewayId === gateway.id && parts.length > 0)
        .map(({ modelId, parts }) => [modelId, parts] as const),
    );
    const title = vscode.l10n.t('Check Results for {0}', gateway.name).replaceAll(/[/\\?#]/g, ' ');
    const text = writeCheckDocument(check, refusals, vscode.l10n.t);
    await this.open(this.documents.set(`/${title}.md`, text, gateway.id));
    void this.offerReport(gateway, writeCheckReport(check, refusals, vscode.l10n.t));
  }

  private async open(uri: vscode.Uri): Promise<void> {
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch (error) {
      // The user can disable VS Code's extension for Markdown previews.
      this.ports.log.info(`Couldn't show the check as a preview, so it is shown as text: ${String(error)}`);
      await vscode.window.showTextDocument(uri);
    }
  }

  private async offerReport(gateway: KnownGateway, report: string): Promise<void> {
    const copy = vscode.l10n.t('Copy Report');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('{0} was checked. The report contains no keys and no prompts.', gateway.name),
      copy,
    );
    if (answer === copy) await vscode.env.clipboard.writeText(report);
  }
}

/** Tells what a check sends, and asks whether to start it. */
async function confirm(gateway: KnownGateway): Promise<boolean> {
  const check = vscode.l10n.t('Check');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Check {0}?', gateway.name),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Parley requests the list of models from {0}, then sends up to five short prompts to one model: a plain prompt, one with a function, one with a picture of one pixel, one for two answers and one for log probabilities. This may cost a few tokens. Nothing from your chats is sent.',
        shownAddress(gateway.baseUrl),
      ),
    },
    check,
  );
  return answer === check;
}
