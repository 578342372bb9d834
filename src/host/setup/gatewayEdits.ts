import * as vscode from 'vscode';
import {
  changeEntry,
  removeEntries,
  reorderEntries,
  restoreEntries,
  type GatewayEntries,
  type RemovedEntry,
} from '../../core/gatewaySettings/gatewayEntries';
import type { BalanceRequest } from '../../core/models/balanceRequest';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import type { InsecureOrigins } from '../gateways/insecureOrigins';
import type { SecretKeyStore } from '../gateways/secretKeyStore';
import type { ModelChoice } from '../models/modelChoice';
import type { UnsupportedParameters } from '../models/unsupportedParameters';
import { editGateways } from '../settings/editGateways';
import { askInput } from '../ui/askInput';
import { plainText } from '../ui/plainText';
import type { GatewayChecks } from './gatewayChecks';
import type { KeyQuestion } from './keyQuestion';

/** What `GatewayEdits` needs from the rest of the host. */
export interface GatewayEditPorts {
  readonly gateways: GatewayRegistry;
  readonly keys: SecretKeyStore;
  readonly choice: ModelChoice;
  readonly insecureOrigins: InsecureOrigins;
  readonly unsupportedParameters: UnsupportedParameters;
  readonly keyQuestion: KeyQuestion;
}

/** Changes the user's gateways. Every change goes into the setting `parley.gateways` and keeps what it does not concern. */
export class GatewayEdits {
  constructor(
    private readonly ports: GatewayEditPorts,
    private readonly checks: GatewayChecks,
  ) {}

  /** Asks for a display name. An empty one restores the default. */
  async rename({ id, name, preset }: KnownGateway): Promise<void> {
    const fallback = preset?.name ?? id;
    const answer = await askInput({
      title: vscode.l10n.t('Rename {0}', name),
      prompt: vscode.l10n.t('The name in lists and answers. Leave empty to use {0}.', plainText(fallback)),
      placeholder: fallback,
      value: name,
      validate: () => undefined,
    });
    if (answer === undefined || answer === name) return;
    await this.write((entries) =>
      changeEntry(entries, id, { name: answer === '' || answer === fallback ? undefined : answer }),
    );
  }

  /** Hides a gateway from the lists of models, or shows it again. */
  async setHidden({ id }: KnownGateway, hidden: boolean): Promise<void> {
    await this.write((entries) => changeEntry(entries, id, { hidden: hidden ? true : undefined }));
  }

  /**
   * Moves a gateway up or down in the list.
   *
   * @param ids The ids of all gateways in the list.
   * @param by -1 moves it up by one place, 1 moves it down.
   */
  async move(ids: readonly string[], { id }: KnownGateway, by: -1 | 1): Promise<void> {
    const to = ids.indexOf(id) + by;
    if (to < 0 || to >= ids.length) return;
    const others = ids.filter((other) => other !== id);
    await this.write((entries) => reorderEntries(entries, others.toSpliced(to, 0, id)));
  }

  /** Saves another base URL. Returns false, after a message, if the settings could not be written. */
  async saveBaseUrl({ id }: KnownGateway, baseUrl: string | undefined): Promise<boolean> {
    return await this.write((entries) => changeEntry(entries, id, { baseUrl }));
  }

  /** Saves the user's own balance request. Returns false, after a message, if the settings could not be written. */
  async saveBalanceRequest({ id }: KnownGateway, balance: BalanceRequest | undefined): Promise<boolean> {
    return await this.write((entries) => changeEntry(entries, id, { balance }));
  }

  /**
   * Removes a gateway and its keys after the user has confirmed it, and offers to undo the removal.
   *
   * @returns true if the gateway was removed.
   */
  async remove(gateway: KnownGateway): Promise<boolean> {
    const { choice, keys, insecureOrigins } = this.ports;
    const stored = (await keys.stored()).filter(({ gatewayId }) => gatewayId === gateway.id);
    if (!(await confirmRemoval(gateway, stored.length > 0))) return false;
    const chosen = choice.current();
    let removed: readonly RemovedEntry[] = [];
    const isWritten = await this.write((entries) => {
      const result = removeEntries(entries, gateway.id);
      ({ removed } = result);
      return removed.length === 0 ? entries : result.entries;
    });
    if (!isWritten) return false;
    for (const key of stored) {
      await keys.remove(key);
      await insecureOrigins.forget(key.origin);
    }
    this.forgetLearned(gateway.id);
    this.checks.forget(gateway.id);
    await choice.leave(gateway.id);
    void this.offerUndo(gateway, async () => {
      const isRestored = await this.write((entries) => restoreEntries(entries, gateway.id, removed));
      if (!isRestored) return;
      if (stored.length > 0) {
        const restored = this.ports.gateways.find(gateway.id);
        if (restored === undefined || !(await this.ports.keyQuestion.ask(restored))) return;
      }
      if (chosen?.gatewayId === gateway.id) await choice.select(chosen);
    });
    return true;
  }

  /** Deletes what Parley has learned about all models of a gateway. */
  forgetLearned(gatewayId: string): void {
    const { unsupportedParameters } = this.ports;
    unsupportedParameters.forget(
      unsupportedParameters.all().filter((entry) => entry.gatewayId === gatewayId),
    );
  }

  private async offerUndo({ name }: KnownGateway, undo: () => Promise<void>): Promise<void> {
    const label = vscode.l10n.t('Undo');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('{0} was removed.', plainText(name)),
      label,
    );
    if (answer === label) await undo();
  }

  /** Edits the settings. Returns false, after a message, if VS Code cannot write them. */
  private async write(edit: (entries: GatewayEntries) => GatewayEntries): Promise<boolean> {
    try {
      await editGateways(edit);
      return true;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(vscode.l10n.t("Couldn't change the settings. {0}", plainText(why)));
      return false;
    }
  }
}

async function confirmRemoval({ name }: KnownGateway, hasKey: boolean): Promise<boolean> {
  const remove = vscode.l10n.t('Remove');
  const detail = hasKey
    ? vscode.l10n.t('Its API key is deleted, too, and cannot be restored. Your chats are kept.')
    : vscode.l10n.t('Your chats are kept.');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Remove the gateway {0}?', plainText(name)),
    { modal: true, detail },
    remove,
  );
  return answer === remove;
}
