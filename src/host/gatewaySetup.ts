import * as vscode from 'vscode';
import type { ChatClient, ModelListing } from '../core/ports';
import { originOf, shownAddress, type Gateway } from '../core/gateway';
import { gatewayPresets } from '../gateway/presets';
import { explainFailure } from '../shared/explainFailure';
import type { GatewayRegistry, KnownGateway } from './gatewayRegistry';
import { askBaseUrl, pickGatewayToAdd, type GatewayToAdd } from './gatewayQuestions';
import { askInput } from './inputBox';
import type { InsecureOrigins } from './insecureOrigins';
import type { ModelChoice } from './modelChoice';
import type { SecretKeyStore } from './secrets';
import type { Settings } from './settings';

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
    if (gateway.auth !== 'none' && !(await this.askKey(gateway, chosen.kind === 'custom'))) return false;
    await this.ports.choice.selectDefaultOf(this.ports.gateways.find(gateway.id) ?? gateway);
    return true;
  }

  /**
   * Stores or replaces the key of a gateway, asking which when it is not given.
   * @returns true when a key was stored.
   */
  async setKey(gatewayId?: string): Promise<boolean> {
    const gateway =
      gatewayId === undefined
        ? await this.pick(
            this.ports.gateways.all().filter(({ auth }) => auth !== 'none'),
            vscode.l10n.t('Set the API key of which gateway?'),
          )
        : this.ports.gateways.find(gatewayId);
    if (gateway === undefined) return false;
    if (!(await this.askKey(gateway, false))) return false;
    if (this.ports.choice.current() === undefined) await this.ports.choice.selectDefaultOf(gateway);
    return true;
  }

  /** Forgets the key of a gateway after asking which, and whether to. */
  async removeKey(): Promise<void> {
    const { gateways, keys } = this.ports;
    const withKey = await keys.having(gateways.all());
    const candidates = gateways.all().filter(({ id }) => withKey.has(id));
    if (candidates.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No API key is stored.'));
      return;
    }
    const gateway = await this.pick(candidates, vscode.l10n.t('Remove the API key of which gateway?'));
    if (gateway === undefined) return;
    const remove = vscode.l10n.t('Remove');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Remove the API key of {0}?', gateway.name),
      { modal: true, detail: vscode.l10n.t('Parley keeps no copy. Conversations stay.') },
      remove,
    );
    if (answer === remove) await keys.remove(gateway);
  }

  private async choose(gatewayId: string | null): Promise<GatewayToAdd | undefined> {
    if (gatewayId === null)
      return await pickGatewayToAdd(this.ports.gateways, this.ports.client, this.ports.settings.timeouts());
    const gateway = this.ports.gateways.find(gatewayId);
    if (gateway !== undefined) return { kind: 'known', gateway };
    // The id comes from the page, and goes into the settings: none but a preset's may.
    if (!gatewayPresets.some(({ id }) => id === gatewayId)) return undefined;
    const baseUrl = await askBaseUrl();
    return baseUrl === undefined ? undefined : { kind: 'preset', id: gatewayId, baseUrl };
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
        await settings.saveGateway({ id: chosen.id, baseUrl: chosen.baseUrl, auth: 'none' });
        return gateways.find(chosen.id);
      case 'custom': {
        const { host } = new URL(chosen.baseUrl);
        const id = freeId(
          host,
          (candidate) =>
            gateways.find(candidate)?.baseUrl !== chosen.baseUrl && gateways.find(candidate) !== undefined,
        );
        await settings.saveGateway({ id, name: host, baseUrl: chosen.baseUrl });
        return gateways.find(id);
      }
    }
  }

  /** Asks for a key until the gateway takes it. An empty one is allowed where a server may need none. */
  private async askKey(gateway: KnownGateway, mayBeEmpty: boolean): Promise<boolean> {
    const { keys, settings, insecureOrigins, listModelsWith } = this.ports;
    const host = originOf(gateway.baseUrl) ?? gateway.baseUrl;
    const key = await askInput({
      title: vscode.l10n.t('API Key for {0}', gateway.name),
      prompt: mayBeEmpty
        ? vscode.l10n.t(
            "Stored in VS Code's secret storage and sent to {0} only. Leave empty when the server needs none.",
            host,
          )
        : vscode.l10n.t("Stored in VS Code's secret storage and sent to {0} only.", host),
      placeholder: vscode.l10n.t('Paste the key'),
      password: true,
      validate: async (value) => {
        if (value === '') return mayBeEmpty ? undefined : vscode.l10n.t('Paste a key first.');
        if (!/^[\x21-\x7e]+$/.test(value))
          return vscode.l10n.t(
            'A key has no spaces and no characters outside ASCII. Was something else copied?',
          );
        const { failure } = await listModelsWith(value, gateway);
        // Only a clear refusal speaks against the key; a gateway without a list of models does not.
        return failure?.kind === 'unauthorized' ? explainFailure(failure, vscode.l10n.t).sentence : undefined;
      },
    });
    if (key === undefined) return false;
    if (key === '') {
      await settings.saveGateway({
        id: gateway.id,
        name: gateway.name,
        baseUrl: gateway.baseUrl,
        auth: 'none',
      });
      return true;
    }
    if (await keys.store(gateway, key)) {
      // Whoever says no keeps the key, which stays here; the first question then says why it was not sent.
      await insecureOrigins.ask(gateway.baseUrl);
      return true;
    }
    void vscode.window.showErrorMessage(
      vscode.l10n.t("VS Code's secret storage did not keep the key. Is the system's keyring unlocked?"),
    );
    return false;
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
