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
  withConfirmHint,
  pickGatewayToAdd,
  sentenceOfKey,
  type GatewayToAdd,
} from './pickGatewayToAdd';
import { askInput } from '../ui/askInput';
import type { InsecureOrigins } from '../gateways/insecureOrigins';
import type { ModelChoice } from '../models/modelChoice';
import type { SecretKeyStore } from '../gateways/secretKeyStore';
import type { Settings } from '../settings/settings';

/** What `GatewaySetup` needs from the rest of the host. */
export interface SetupPorts {
  readonly gateways: GatewayRegistry;
  readonly keys: SecretKeyStore;
  readonly settings: Settings;
  readonly choice: ModelChoice;
  readonly insecureOrigins: InsecureOrigins;
  readonly client: ChatClient;
  /** Fetches a gateway's models with a key that is not stored yet. */
  readonly listModelsWith: (key: string, gateway: Gateway) => Promise<ModelListing>;
}

/**
 * Lets the user set up a gateway with quick picks and input boxes only: without editing JSON, without a reload, and usually
 * without typing a model id.
 */
export class GatewaySetup {
  constructor(private readonly ports: SetupPorts) {}

  /**
   * Adds a gateway: asks for its address and key, and chooses a model.
   *
   * @param gatewayId The id of a preset or known gateway; null asks which gateway to add.
   * @returns true if the gateway is ready for prompts.
   */
  async add(gatewayId: string | null): Promise<boolean> {
    const chosen = await this.choose(gatewayId);
    if (chosen === undefined) return false;
    const gateway = chosen.kind === 'known' ? chosen.gateway : await this.configure(chosen);
    if (gateway === undefined) return false;
    const wantsKey = chosen.kind === 'local' ? chosen.needsKey : gateway.auth !== 'none';
    const pasted = 'pasted' in chosen ? chosen.pasted.key : undefined;
    if (wantsKey && !(await this.askKey(gateway, chosen.kind === 'custom', pasted))) return false;
    return await this.chooseModel(gateway.id);
  }

  /**
   * Asks for a gateway's key and stores it.
   *
   * @param gatewayId Without an id, asks which gateway.
   * @returns true if a key was stored.
   */
  async setKey(gatewayId?: string): Promise<boolean> {
    const gateway =
      gatewayId === undefined
        ? await this.pick(
            this.ports.gateways.all().filter(({ auth, configured }) => auth !== 'none' || configured),
            vscode.l10n.t('Select the gateway whose API key to set'),
          )
        : this.ports.gateways.find(gatewayId);
    if (gateway === undefined) return false;
    if (!(await this.askKey(gateway, false))) return false;
    if (this.ports.choice.current() === undefined) await this.chooseModel(gateway.id);
    return true;
  }

  /**
   * Asks which key to remove, confirms, and deletes it. For an `http:` origin, also removes the permission to send a key there.
   */
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
    const placeHolder = vscode.l10n.t('Select the gateway whose API key to remove');
    const item = await vscode.window.showQuickPick(items, { placeHolder });
    if (item === undefined) return;
    const remove = vscode.l10n.t('Remove');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Remove the API key of {0}?', item.label),
      { modal: true, detail: vscode.l10n.t('Parley keeps no copy. Your chats are kept.') },
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
    // The webview sent the id, and it is written into the settings: only the id of a preset is accepted.
    if (!gatewayPresets.some(({ id }) => id === gatewayId)) return undefined;
    const address = await askBaseUrl(this.ports.client, this.ports.settings.timeouts());
    return address === undefined ? undefined : { kind: 'preset', id: gatewayId, ...address };
  }

  /** Writes a gateway into the user's settings. A preset with a complete configuration needs no setting. */
  private async configure(
    chosen: Exclude<GatewayToAdd, { kind: 'known' }>,
  ): Promise<KnownGateway | undefined> {
    const { settings, gateways } = this.ports;
    switch (chosen.kind) {
      case 'preset':
        await settings.saveGateway({ id: chosen.id, baseUrl: chosen.baseUrl });
        return gateways.find(chosen.id);
      case 'local':
        // A server that is in the settings already keeps its configuration, such as `auth`.
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
   * Chooses a gateway's first model. If the gateway lists none, tells why and lets the user try again or type a model id.
   *
   * @returns true if a model was chosen.
   */
  private async chooseModel(gatewayId: string): Promise<boolean> {
    const { choice, gateways } = this.ports;
    const tryAgain = vscode.l10n.t('Try Again');
    const typeId = vscode.l10n.t('Enter a Model ID…');
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
          ? vscode.l10n.t('{0} lists no chat models.', gateway.name)
          : explainFailure(failure, vscode.l10n.t).sentence;
      const answer = await vscode.window.showWarningMessage(why, tryAgain, typeId);
      if (answer === tryAgain) continue;
      if (answer !== typeId) return false;
      const modelId = await vscode.window.showInputBox({
        title: vscode.l10n.t('Model at {0}', gateway.name),
        prompt: vscode.l10n.t("The model's ID, exactly as in the gateway's documentation"),
      });
      if (modelId === undefined || modelId.trim() === '') return false;
      await choice.select({ gatewayId, modelId: modelId.trim() });
      return true;
    }
  }

  /**
   * Asks for a key until the gateway accepts it, and stores it.
   *
   * @param mayBeEmpty True for a server that may need no key.
   * @param pasted The initial value, from a pasted curl command.
   * @returns true if a key was stored or none is needed.
   */
  private async askKey(gateway: KnownGateway, mayBeEmpty: boolean, pasted = ''): Promise<boolean> {
    const host = originOf(gateway.baseUrl) ?? shownAddress(gateway.baseUrl);
    const answer = await askInput({
      title: vscode.l10n.t('API Key for {0}', gateway.name),
      prompt: mayBeEmpty
        ? vscode.l10n.t(
            "Stored in VS Code's secret storage and sent only to {0}. Leave empty if the server needs no key.",
            host,
          )
        : vscode.l10n.t("Stored in VS Code's secret storage and sent only to {0}.", host),
      placeholder: vscode.l10n.t('Paste the key'),
      password: true,
      value: pasted,
      validate: this.keyValidator(gateway, mayBeEmpty),
    });
    if (answer === undefined) return false;
    const read = readPastedKey(answer);
    if (read.ok) return await this.storeKey(gateway, read.key);
    const { id, baseUrl } = gateway;
    await this.ports.settings.saveGateway({ id, baseUrl, auth: 'none' });
    return true;
  }

  /** Returns a function that finds the problem of a typed key. A key that could not be tried is accepted the second time. */
  private keyValidator(
    gateway: KnownGateway,
    mayBeEmpty: boolean,
  ): (value: string) => Promise<string | undefined> {
    let doubtful = '';
    return async (value) => {
      if (value === '' && mayBeEmpty) return undefined;
      const read = readPastedKey(value);
      if (!read.ok) return sentenceOfKey(read.problem);
      if (value === doubtful) return undefined;
      const failure = await this.tryKey(read.key, gateway);
      if (failure === undefined) return undefined;
      const { sentence } = explainFailure(failure, vscode.l10n.t);
      // If the gateway cannot be reached, the key may still be right: pressing Enter again accepts it.
      if (failure.kind === 'unauthorized') return sentence;
      doubtful = value;
      return withConfirmHint(sentence);
    };
  }

  /** Stores a key, and asks before it is sent unencrypted. Returns false, after a message, if it could not be stored. */
  private async storeKey(gateway: KnownGateway, key: string): Promise<boolean> {
    const { keys, settings, insecureOrigins } = this.ports;
    if (!(await keys.store(gateway, key))) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t("VS Code's secret storage did not save the key. Is the system keyring unlocked?"),
      );
      return false;
    }
    const { id, baseUrl } = gateway;
    // The user gave a key for a gateway without one, so it must be sent from now on.
    if (gateway.auth === 'none') await settings.saveGateway({ id, baseUrl, auth: 'bearer' });
    // If the user does not allow it, the key stays stored. The first answer then says why the key was not sent.
    await insecureOrigins.ask(gateway.baseUrl);
    return true;
  }

  /**
   * Tries a key. Returns a failure if the gateway rejects the key or cannot be reached. Other failures do not concern the key.
   */
  private async tryKey(key: string, gateway: KnownGateway): Promise<Failure | undefined> {
    const auth = gateway.auth === 'none' ? 'bearer' : gateway.auth;
    const { failure } = await this.ports.listModelsWith(key, { ...gateway, auth });
    const isRelevant = failure?.kind === 'unauthorized' || (failure !== undefined && isUnreachable(failure));
    return isRelevant ? failure : undefined;
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

/** The header for keys of Azure hosts; undefined for other hosts. */
function headerOf(host: string): string | undefined {
  return /\.(?:openai\.azure|cognitiveservices\.azure|azure-api)\.(?:com|cn|net)$/.test(host)
    ? 'api-key'
    : undefined;
}

/** Makes an unused gateway id from a host name. */
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
