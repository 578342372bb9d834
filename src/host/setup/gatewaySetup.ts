import * as vscode from 'vscode';
import type { ChatClient, ModelListing } from '../../core/ports/chatClient';
import { originOf, shownAddress, type Gateway } from '../../core/models/gateway';
import { gatewayPresets } from '../../gateway/setup/gatewayPresets';
import { readPastedKey } from '../../gateway/setup/pastedKey';
import { explainFailure } from '../../shared/failure/explainFailure';
import { isUnreachable, type Failure } from '../../shared/failure/failure';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import {
  askBaseUrl,
  insisting,
  pickGatewayToAdd,
  sentenceOfKey,
  type GatewayToAdd,
} from './pickGatewayToAdd';
import { askInput } from '../ui/askInput';
import type { InsecureOrigins } from '../gateways/insecureOrigins';
import type { ModelChoice } from '../models/modelChoice';
import type { SecretKeyStore } from '../gateways/secretKeyStore';
import type { Settings } from '../settings/settings';

/** What setting up a gateway needs. */
export interface SetupPorts {
  readonly gateways: GatewayRegistry;
  readonly keys: SecretKeyStore;
  readonly settings: Settings;
  readonly choice: ModelChoice;
  readonly insecureOrigins: InsecureOrigins;
  readonly client: ChatClient;
  /** Asks a gateway for its models with a key that is not stored yet. */
  readonly listModelsWith: (key: string, gateway: Gateway) => Promise<ModelListing>;
}

/**
 * Leads from "I have a key" to "I can ask" with quick pick and input box alone: no JSON, no reload,
 * no model id to type.
 */
export class GatewaySetup {
  constructor(private readonly ports: SetupPorts) {}

  /**
   * Adds the gateway with this id, or asks which.
   * @returns true when a gateway is ready to be asked.
   */
  async add(gatewayId: string | null): Promise<boolean> {
    const chosen = await this.choose(gatewayId);
    if (chosen === undefined) return false;
    const gateway = chosen.kind === 'known' ? chosen.gateway : await this.configure(chosen);
    if (gateway === undefined) return false;
    const wantsKey = chosen.kind === 'local' ? chosen.locked : gateway.auth !== 'none';
    const pasted = 'pasted' in chosen ? chosen.pasted.key : undefined;
    if (wantsKey && !(await this.askKey(gateway, chosen.kind === 'custom', pasted))) return false;
    return await this.chooseModel(gateway.id);
  }

  /**
   * Stores or replaces the key of a gateway, asking which when it is not given.
   * @returns true when a key was stored.
   */
  async setKey(gatewayId?: string): Promise<boolean> {
    const gateway =
      gatewayId === undefined
        ? await this.pick(
            this.ports.gateways.all().filter(({ auth, configured }) => auth !== 'none' || configured),
            vscode.l10n.t('Set the API key of which gateway?'),
          )
        : this.ports.gateways.find(gatewayId);
    if (gateway === undefined) return false;
    if (!(await this.askKey(gateway, false))) return false;
    if (this.ports.choice.current() === undefined) await this.chooseModel(gateway.id);
    return true;
  }

  /** Forgets a stored key after asking which, and whether to; with one for `http:` also the permission to send it. */
  async removeKey(): Promise<void> {
    const { gateways, keys, insecureOrigins } = this.ports;
    const items = (await keys.stored()).map((stored) => ({
      label: gateways.find(stored.gatewayId)?.name ?? stored.gatewayId,
      description: shownAddress(stored.origin),
      stored,
    }));
    if (items.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No API key is stored.'));
      return;
    }
    const placeHolder = vscode.l10n.t('Remove the API key of which gateway?');
    const item = await vscode.window.showQuickPick(items, { placeHolder });
    if (item === undefined) return;
    const remove = vscode.l10n.t('Remove');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Remove the API key of {0}?', item.label),
      { modal: true, detail: vscode.l10n.t('Parley keeps no copy. Conversations stay.') },
      remove,
    );
    if (answer !== remove) return;
    await keys.remove(item.stored);
    await insecureOrigins.forget(item.stored.origin);
  }

  private async choose(gatewayId: string | null): Promise<GatewayToAdd | undefined> {
    if (gatewayId === null)
      return await pickGatewayToAdd(this.ports.gateways, this.ports.client, this.ports.settings.timeouts());
    const gateway = this.ports.gateways.find(gatewayId);
    if (gateway !== undefined) return { kind: 'known', gateway };
    // The id comes from the page, and goes into the settings: none but a preset's may.
    if (!gatewayPresets.some(({ id }) => id === gatewayId)) return undefined;
    const address = await askBaseUrl(this.ports.client, this.ports.settings.timeouts());
    return address === undefined ? undefined : { kind: 'preset', id: gatewayId, ...address };
  }

  /** Writes a gateway that no preset describes fully into the user's settings. */
  private async configure(
    chosen: Exclude<GatewayToAdd, { kind: 'known' }>,
  ): Promise<KnownGateway | undefined> {
    const { settings, gateways } = this.ports;
    switch (chosen.kind) {
      case 'preset':
        await settings.saveGateway({ id: chosen.id, baseUrl: chosen.baseUrl });
        return gateways.find(chosen.id);
      case 'local':
        // What is set for it already, such as a key, stays.
        if (gateways.find(chosen.id)?.configured !== true)
          await settings.saveGateway({ id: chosen.id, baseUrl: chosen.baseUrl, auth: 'none' });
        return gateways.find(chosen.id);
      case 'custom': {
        const { host } = new URL(chosen.baseUrl);
        const id = freeId(
          host,
          (candidate) =>
            gateways.find(candidate)?.baseUrl !== chosen.baseUrl && gateways.find(candidate) !== undefined,
        );
        const header = chosen.pasted?.header ?? headerOf(host);
        const auth = header === undefined ? {} : { auth: { header } };
        await settings.saveGateway({ id, name: host, baseUrl: chosen.baseUrl, ...auth });
        return gateways.find(id);
      }
    }
  }

  /**
   * Chooses the model to begin with; where the gateway offers none, says why and lets the user try again or name one.
   * @returns true when one is chosen.
   */
  private async chooseModel(gatewayId: string): Promise<boolean> {
    const { choice, gateways } = this.ports;
    const tryAgain = vscode.l10n.t('Try Again');
    const typeId = vscode.l10n.t('Type a Model Id…');
    for (let again = false; ; again = true) {
      const gateway = gateways.find(gatewayId);
      if (gateway === undefined) return false;
      const { chosen, failure } = await vscode.window.withProgress(
        { location: { viewId: 'parley.chat' } },
        () => choice.selectDefaultOf(gateway, again),
      );
      if (chosen !== undefined) return true;
      const why =
        failure === undefined
          ? vscode.l10n.t('{0} lists no chat model.', gateway.name)
          : explainFailure(failure, vscode.l10n.t).sentence;
      const answer = await vscode.window.showWarningMessage(why, tryAgain, typeId);
      if (answer === tryAgain) continue;
      if (answer !== typeId) return false;
      const modelId = await vscode.window.showInputBox({
        title: vscode.l10n.t('Model at {0}', gateway.name),
        prompt: vscode.l10n.t('The id, exactly as the gateway documents it'),
      });
      if (modelId === undefined || modelId.trim() === '') return false;
      await choice.select({ gatewayId, modelId: modelId.trim() });
      return true;
    }
  }

  /** Asks for a key until the gateway takes it. An empty one is allowed where a server may need none. */
  private async askKey(gateway: KnownGateway, mayBeEmpty: boolean, pasted = ''): Promise<boolean> {
    const { keys, settings, insecureOrigins } = this.ports;
    const host = originOf(gateway.baseUrl) ?? shownAddress(gateway.baseUrl);
    let doubtful = '';
    const answer = await askInput({
      title: vscode.l10n.t('API Key for {0}', gateway.name),
      prompt: mayBeEmpty
        ? vscode.l10n.t(
            "Stored in VS Code's secret storage and sent to {0} only. Leave empty when the server needs none.",
            host,
          )
        : vscode.l10n.t("Stored in VS Code's secret storage and sent to {0} only.", host),
      placeholder: vscode.l10n.t('Paste the key'),
      password: true,
      value: pasted,
      validate: async (value) => {
        if (value === '' && mayBeEmpty) return undefined;
        const read = readPastedKey(value);
        if (!read.ok) return sentenceOfKey(read.problem);
        if (value === doubtful) return undefined;
        const failure = await this.tryKey(read.key, gateway);
        if (failure === undefined) return undefined;
        const { sentence } = explainFailure(failure, vscode.l10n.t);
        // A gateway that cannot be reached says nothing about the key.
        if (failure.kind === 'unauthorized') return sentence;
        doubtful = value;
        return insisting(sentence);
      },
    });
    if (answer === undefined) return false;
    const { id, baseUrl } = gateway;
    const read = readPastedKey(answer);
    if (!read.ok) {
      await settings.saveGateway({ id, baseUrl, auth: 'none' });
      return true;
    }
    if (await keys.store(gateway, read.key)) {
      // A key that was asked for is meant to be sent.
      if (gateway.auth === 'none') await settings.saveGateway({ id, baseUrl, auth: 'bearer' });
      // Whoever says no keeps the key, which stays here; the first question then says why it was not sent.
      await insecureOrigins.ask(gateway.baseUrl);
      return true;
    }
    void vscode.window.showErrorMessage(
      vscode.l10n.t("VS Code's secret storage did not keep the key. Is the system's keyring unlocked?"),
    );
    return false;
  }

  /** What speaks against a key: a clear refusal, or that the gateway cannot be asked. One without a list of models is fine. */
  private async tryKey(key: string, gateway: KnownGateway): Promise<Failure | undefined> {
    const auth = gateway.auth === 'none' ? 'bearer' : gateway.auth;
    const { failure } = await this.ports.listModelsWith(key, { ...gateway, auth });
    const speaksAgainst =
      failure?.kind === 'unauthorized' || (failure !== undefined && isUnreachable(failure));
    return speaksAgainst ? failure : undefined;
  }

  private async pick(
    gateways: readonly KnownGateway[],
    placeHolder: string,
  ): Promise<KnownGateway | undefined> {
    const items = gateways.map((gateway) => ({
      label: gateway.name,
      description: shownAddress(gateway.baseUrl),
      gateway,
    }));
    return (await vscode.window.showQuickPick(items, { placeHolder }))?.gateway;
  }
}

/** The header in which Azure wants its keys. */
function headerOf(host: string): string | undefined {
  return /\.(?:openai\.azure|cognitiveservices\.azure|azure-api)\.(?:com|cn|net)$/.test(host)
    ? 'api-key'
    : undefined;
}

/** A gateway id made from a host name that no other gateway has. */
function freeId(host: string, isTaken: (id: string) => boolean): string {
  const base =
    host
      .toLowerCase()
      .replaceAll(/[^a-z0-9.-]+/g, '-')
      .replace(/^[^a-z0-9]+/, '')
      .slice(0, 50) || 'gateway';
  let id = base;
  for (let number = 2; isTaken(id); number += 1) id = `${base}-${number}`;
  return id;
}
