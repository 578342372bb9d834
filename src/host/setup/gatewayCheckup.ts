import * as vscode from 'vscode';
import { isRefusal } from '../../core/gatewayCheck/isRefusal';
import { FurtherChecker } from '../../core/gatewayCheck/furtherChecker';
import { checkLabel, writeCheckDocument, writeCheckReport } from '../../core/gatewayCheck/writeCheckReport';
import { GatewayChecker } from '../../core/gatewayCheck/gatewayChecker';
import type { CheckName, FurtherCheck, GatewayCheck } from '../../core/gatewayCheck/gatewayCheck';
import type { ModelDescription } from '../../core/models/gateway';
import { shownAddress } from '../../core/models/gateway';
import { chooseChatModel } from '../../core/models/chooseChatModel';
import { parametersFor } from '../../core/models/parametersFor';
import type { Log } from '../../core/ports/log';
import type { Disposable } from '../../shared/kit/disposable';
import { workLabel } from '../../core/gatewayCheck/writeFurtherCheck';
import type { HttpChatClient } from '../../gateway/httpChatClient';
import type { Memory } from '../memory/storedValue';
import { EndpointMemory } from '../models/endpointMemory';
import type { ModelCatalogue } from '../models/modelCatalogue';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import type { ModelChoice } from '../models/modelChoice';
import type { UnsupportedParameters } from '../models/unsupportedParameters';
import type { Settings } from '../settings/settings';
import { ReadOnlyDocuments } from '../ui/readOnlyDocuments';
import { describeLearned } from './describeGatewayRow';
import { pickTests, type ChosenTests } from './pickTests';

/** What `GatewayCheckup` needs from the rest of the host. */
interface CheckupPorts {
  readonly client: HttpChatClient;
  readonly catalogue: ModelCatalogue;
  readonly gateways: GatewayRegistry;
  readonly globalState: Memory;
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
  private readonly endpoints: EndpointMemory;

  constructor(private readonly ports: CheckupPorts) {
    this.endpoints = new EndpointMemory(ports.globalState, ports.log);
  }

  /**
   * Tells what a check sends and costs, and lets the user choose. Then runs it and shows the result.
   *
   * @param gatewayId Without an id, asks which gateway to check.
   */
  async start(gatewayId?: string): Promise<void> {
    const gateway = gatewayId === undefined ? await this.pick() : this.ports.gateways.find(gatewayId);
    if (gateway === undefined) return;
    const tests = await pickTests(gateway.name, this.modelsOf(gateway));
    if (tests !== undefined) await this.show(gateway, await this.run(gateway, tests));
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

  /** The models of a gateway, as far as they are known, and the one for chat. Fetches the list if it was never fetched. */
  private async modelsOf(
    gateway: KnownGateway,
  ): Promise<{ readonly all: readonly ModelDescription[]; readonly chat: string | undefined }> {
    const { catalogue } = this.ports;
    const remembered = catalogue.remembered(gateway);
    const listed = remembered.length > 0 ? remembered : (await catalogue.fetch(gateway)).models;
    const all = listed.map(({ id }) => catalogue.describe(gateway, id));
    return { all, chat: this.chosenModel(gateway) ?? chooseChatModel(all, defaultOf(gateway))?.id };
  }

  /** The model of the next prompt if it is one of this gateway. */
  private chosenModel(gateway: KnownGateway): string | undefined {
    const current = this.ports.choice.current();
    return current?.gatewayId === gateway.id ? current.modelId : undefined;
  }

  private async run(gateway: KnownGateway, tests: ChosenTests): Promise<GatewayCheck> {
    const { client, settings, now } = this.ports;
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
          modelId: this.chosenModel(gateway),
          defaultModel: defaultOf(gateway),
          asksModel: tests.asksModel,
          parametersOf: (modelId) => parametersFor(settings.parameters(), { gatewayId: gateway.id, modelId }),
          timeouts: settings.timeouts(),
          now,
          t: vscode.l10n.t,
          onStep: (name) => {
            progress.report({ message: checkLabel(name, vscode.l10n.t), increment: 100 / steps });
          },
        });
        const stopping = new AbortController();
        const subscription = token.onCancellationRequested(() => {
          checker.cancel();
          stopping.abort();
        });
        try {
          const check = await checker.run();
          if (check.findings.some(({ name, verdict }) => isReaching(name) && verdict === 'failed'))
            return check;
          const further = await this.further(gateway, tests, stopping.signal, (message) => {
            progress.report({ message });
          });
          return { ...check, further, cancelled: token.isCancellationRequested };
        } finally {
          subscription.dispose();
        }
      },
    );
  }

  private async further(
    gateway: KnownGateway,
    { checksEndpoints, work }: ChosenTests,
    signal: AbortSignal,
    report: (message: string) => void,
  ): Promise<FurtherCheck> {
    const { client, settings, unsupportedParameters, now } = this.ports;
    const { all, chat } = await this.modelsOf(gateway);
    const checked = parametersFor(settings.parameters(), { gatewayId: gateway.id, modelId: chat ?? '' });
    const further = await new FurtherChecker({
      client,
      route: { gateway, parameters: checked.ok ? checked.parameters : {}, timeouts: settings.timeouts() },
      modelId: chat,
      models: all,
      memory: unsupportedParameters,
      ...{ checksEndpoints, work, now, signal, t: vscode.l10n.t },
      onStep: (name) => {
        report(workLabel(name, vscode.l10n.t));
      },
    }).run();
    const { endpoints } = further;
    // An incomplete check says nothing about the endpoints that it did not reach.
    if (checksEndpoints && !signal.aborted)
      this.endpoints.remember(
        gateway,
        endpoints.filter(({ state }) => state === 'missing').map(({ name }) => name),
      );
    return further;
  }

  private async show(gateway: KnownGateway, check: GatewayCheck): Promise<void> {
    const refusals = new Map(
      this.ports.unsupportedParameters
        .all()
        .filter(({ gatewayId }) => gatewayId === gateway.id)
        .map(({ modelId, parts }) => [modelId, parts.filter(isRefusal)] as const)
        .filter(([, parts]) => parts.length > 0),
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

function defaultOf(gateway: KnownGateway): string | undefined {
  return gateway.preset?.defaultModel ?? undefined;
}

/** True for the steps without which no other request reaches the gateway. */
function isReaching(name: CheckName): boolean {
  return name === 'address' || name === 'name-resolution' || name === 'connection' || name === 'key';
}
