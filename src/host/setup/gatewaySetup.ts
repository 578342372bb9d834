import * as vscode from 'vscode';
import type { ModelListing } from '../../core/ports/chatClient';
import { changeEntry, type EntryChange } from '../../core/gatewaySettings/gatewayEntries';
import { shownAddress, type Gateway } from '../../core/models/gateway';
import { findLocalServers, gatewayPresets, type GatewayPreset } from '../../gateway/setup/gatewayPresets';
import { explainFailure } from '../../shared/failure/explainFailure';
import type { LocalServerCard } from '../../shared/messages/toView';
import type { KnownGateway } from '../gateways/gatewayRegistry';
import { editGateways } from '../settings/editGateways';
import { plainText } from '../ui/plainText';
import { askBaseUrl } from './askBaseUrl';
import { GatewayList, type GatewayListPorts } from './gatewayList';
import { KeyQuestion } from './keyQuestion';
import { pickLocalServer } from './pickLocalServer';
import { pickGatewayToAdd, type AddedKind, type GatewayToAdd } from './pickGatewayToAdd';

/** What `GatewaySetup` needs from the rest of the host. */
export interface SetupPorts extends Omit<GatewayListPorts, 'keyQuestion' | 'add'> {
  /** Fetches a gateway's models with a key that is not stored yet. */
  readonly listModelsWith: (key: string, gateway: Gateway) => Promise<ModelListing>;
}

/**
 * Lets the user set up a gateway with quick picks and input boxes only: without editing JSON, without a reload, and usually
 * without typing a model id.
 */
export class GatewaySetup {
  private readonly keyQuestion: KeyQuestion;
  /** The search for local servers that is running. */
  private search: Promise<readonly LocalServerCard[]> | undefined;

  constructor(private readonly ports: SetupPorts) {
    this.keyQuestion = new KeyQuestion(ports);
  }

  /**
   * Adds a gateway: asks for its address and key, and chooses a model.
   *
   * @param gatewayId The id of a preset or known gateway; null asks which gateway to add.
   * @param kind Without an id: what to add, if the user has decided that already.
   * @returns true if the gateway is ready for prompts.
   */
  async add(gatewayId: string | null, kind?: AddedKind): Promise<boolean> {
    const chosen = await this.choose(gatewayId, kind);
    if (chosen === undefined) return false;
    const gateway = chosen.kind === 'known' ? chosen.gateway : await this.configure(chosen);
    if (gateway === undefined) return false;
    const wantsKey = chosen.kind === 'local' ? chosen.needsKey : gateway.auth !== 'none';
    const pasted = 'pasted' in chosen ? chosen.pasted.key : undefined;
    const options = { mayBeEmpty: chosen.kind === 'custom', pasted };
    if (wantsKey && !(await this.keyQuestion.ask(gateway, options))) return false;
    // The user wants to use it, so it must be in the lists of models.
    if (gateway.hidden)
      await editGateways((entries) => changeEntry(entries, gateway.id, { hidden: undefined }));
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
    if (!(await this.keyQuestion.ask(gateway))) return false;
    if (this.ports.choice.current() === undefined) await this.chooseModel(gateway.id);
    // With an id, the caller shows what the key was needed for.
    if (gatewayId === undefined)
      void vscode.window.showInformationMessage(vscode.l10n.t('The API key of {0} was saved.', gateway.name));
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

  /**
   * Looks for servers at the usual ports of this computer, for the cards of a user without a gateway. Sends no key. Does nothing
   * once a gateway is ready. One search at a time; a second call gets the result of the first.
   */
  async findLocalServers(): Promise<readonly LocalServerCard[]> {
    this.search ??= this.searchLocally().finally(() => (this.search = undefined));
    return await this.search;
  }

  /** Shows the user's gateways and changes them. */
  async manage(): Promise<void> {
    await new GatewayList({
      ...this.ports,
      keyQuestion: this.keyQuestion,
      add: async () => await this.add(null),
    }).show();
  }

  private async choose(
    gatewayId: string | null,
    kind: AddedKind | undefined,
  ): Promise<GatewayToAdd | undefined> {
    const { gateways, client, settings } = this.ports;
    if (gatewayId === null) return await pickGatewayToAdd(gateways, client, settings.timeouts(), kind);
    const gateway = gateways.find(gatewayId);
    if (gateway?.preset?.local === true && !gateway.configured) return await this.chooseLocal(gateway.preset);
    if (gateway !== undefined) return { kind: 'known', gateway };
    // The webview sent the id, and it is written into the settings: only the id of a preset is accepted.
    if (!gatewayPresets.some(({ id }) => id === gatewayId)) return undefined;
    const address = await askBaseUrl(client, settings.timeouts());
    return address === undefined ? undefined : { kind: 'preset', id: gatewayId, ...address };
  }

  private async searchLocally(): Promise<readonly LocalServerCard[]> {
    const { gateways, client, settings } = this.ports;
    if ((await gateways.ready()).length > 0) return [];
    const found = await findLocalServers(client, settings.timeouts());
    return found.map(({ id, state, models }) => ({
      ...{ id, state, models: models.length },
      name: gatewayPresets.find((preset) => preset.id === id)?.name ?? id,
    }));
  }

  /**
   * A local server that the user chose by its card. If it does not answer any more, the list of local servers says so, and the
   * page alone cannot write it into the settings.
   */
  private async chooseLocal(preset: GatewayPreset): Promise<GatewayToAdd | undefined> {
    const { client, settings } = this.ports;
    const { id, baseUrl } = preset;
    if (baseUrl === null) return undefined;
    const [server] = await findLocalServers(client, settings.timeouts(), [preset]);
    if (server === undefined) return await pickLocalServer(client, settings.timeouts());
    return { kind: 'local', id, baseUrl, needsKey: server.state === 'locked' };
  }

  /** Writes a gateway into the user's settings. A preset with a complete configuration needs no setting. */
  private async configure(
    chosen: Exclude<GatewayToAdd, { kind: 'known' }>,
  ): Promise<KnownGateway | undefined> {
    const { gateways } = this.ports;
    const save = async (id: string, fields: EntryChange): Promise<void> => {
      await editGateways((entries) => changeEntry(entries, id, fields));
    };
    switch (chosen.kind) {
      case 'preset':
        await save(chosen.id, { baseUrl: chosen.baseUrl });
        return gateways.find(chosen.id);
      case 'local':
        // A server that is in the settings already keeps its configuration, such as `auth`.
        if (gateways.find(chosen.id)?.configured !== true)
          await save(chosen.id, { baseUrl: chosen.baseUrl, auth: 'none' });
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
        await save(id, { name: host, baseUrl: chosen.baseUrl, ...auth });
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
          : plainText(explainFailure(failure, vscode.l10n.t).sentence);
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
