import * as vscode from 'vscode';
import { changeEntry } from '../../core/gatewaySettings/gatewayEntries';
import { originOf, shownAddress, type Gateway } from '../../core/models/gateway';
import type { ModelListing } from '../../core/ports/chatClient';
import { readPastedKey, type KeyProblem } from '../../gateway/setup/pastedKey';
import { explainFailure } from '../../shared/failure/explainFailure';
import { isUnreachable, type Failure } from '../../shared/failure/failure';
import type { KnownGateway } from '../gateways/gatewayRegistry';
import type { InsecureOrigins } from '../gateways/insecureOrigins';
import type { SecretKeyStore } from '../gateways/secretKeyStore';
import { editGateways } from '../settings/editGateways';
import { askInput } from '../ui/askInput';
import { openLink } from '../ui/openLink';
import { plainText } from '../ui/plainText';
import { withConfirmHint } from './askBaseUrl';

/** What `KeyQuestion` needs from the rest of the host. */
interface KeyQuestionPorts {
  readonly keys: SecretKeyStore;
  readonly insecureOrigins: InsecureOrigins;
  /** Fetches a gateway's models with a key that is not stored yet. */
  readonly listModelsWith: (key: string, gateway: Gateway) => Promise<ModelListing>;
}

/** How a key is asked for. */
interface KeyQuestionOptions {
  /** True for a server that may need no key. Default: false. */
  readonly mayBeEmpty?: boolean;
  /** The initial value, from a pasted text. */
  readonly pasted?: string | undefined;
}

/** Asks for the API key of a gateway, tries it, and stores it. */
export class KeyQuestion {
  constructor(private readonly ports: KeyQuestionPorts) {}

  /**
   * Asks for a key until the gateway accepts it, and stores it.
   *
   * @returns true if a key was stored or none is needed.
   */
  async ask(gateway: KnownGateway, options: KeyQuestionOptions = {}): Promise<boolean> {
    const key = await this.read(gateway, options);
    if (key === undefined) return false;
    if (key !== '') return await this.store(gateway, key);
    await saveAuth(gateway, 'none');
    return true;
  }

  /**
   * Asks for a key until the gateway accepts it. Stores nothing.
   *
   * @returns The key; '' for a server that needs none; undefined if the user cancels.
   */
  async read(
    gateway: KnownGateway,
    { mayBeEmpty = false, pasted = '' }: KeyQuestionOptions = {},
  ): Promise<string | undefined> {
    const host = plainText(originOf(gateway.baseUrl) ?? shownAddress(gateway.baseUrl));
    const page = keyPageOf(gateway);
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
      validate: this.validator(gateway, mayBeEmpty),
      ...(page !== undefined && {
        button: {
          iconPath: new vscode.ThemeIcon('link-external'),
          tooltip: vscode.l10n.t('Get a Key'),
          onPress: () => openLink(page),
        },
      }),
    });
    if (answer === undefined) return undefined;
    const read = readPastedKey(answer);
    return read.ok ? read.key : '';
  }

  /** Stores a key, and asks before it is sent unencrypted. Returns false, after a message, if it could not be stored. */
  async store(gateway: KnownGateway, key: string): Promise<boolean> {
    const { keys, insecureOrigins } = this.ports;
    if (!(await keys.store(gateway, key))) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t("VS Code's secret storage did not save the key. Is the system keyring unlocked?"),
      );
      return false;
    }
    // The user gave a key for a gateway without one, so it must be sent from now on.
    if (gateway.auth === 'none') await saveAuth(gateway, 'bearer');
    // If the user does not allow it, the key stays stored. The first answer then says why the key was not sent.
    await insecureOrigins.ask(gateway.baseUrl);
    return true;
  }

  /** Returns a function that finds the problem of a typed key. A key that could not be tried is accepted the second time. */
  private validator(
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
      if (failure.kind === 'unauthorized') return rejectionAdvice(gateway);
      // If the gateway cannot be reached, the key may still be right: pressing Enter again accepts it.
      doubtful = value;
      return withConfirmHint(plainText(explainFailure(failure, vscode.l10n.t).sentence));
    };
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
}

/** The page with the user's keys; undefined if it is unknown or the gateway's address is not the preset's. */
function keyPageOf({ preset, baseUrl }: KnownGateway): string | undefined {
  if (preset === undefined || preset.baseUrl === null) return undefined;
  return originOf(preset.baseUrl) === originOf(baseUrl) ? preset.keyPage : undefined;
}

/** Says what a rejected key means and where the user finds the right one. */
export function rejectionAdvice(gateway: KnownGateway): string {
  const name = plainText(gateway.name);
  const page = keyPageOf(gateway);
  return page === undefined
    ? vscode.l10n.t(
        '{0} rejected this key. It may be incomplete, expired, or from another service. Look for API keys in your account at {0}.',
        name,
      )
    : vscode.l10n.t(
        '{0} rejected this key. It may be incomplete, expired, or from another service. Your keys are at {1}.',
        name,
        page.replace('https://', ''),
      );
}

async function saveAuth({ id }: KnownGateway, auth: 'bearer' | 'none'): Promise<void> {
  await editGateways((entries) => changeEntry(entries, id, { auth }));
}

/** A sentence that says why a text cannot be a key. */
function sentenceOfKey(problem: KeyProblem): string {
  switch (problem) {
    case 'empty':
      return vscode.l10n.t('Enter a key.');
    case 'address':
      return vscode.l10n.t('This is an address, not a key. Paste the key.');
    case 'masked':
      return vscode.l10n.t('This is a shortened key. Copy the whole key.');
    case 'placeholder':
      return vscode.l10n.t('This is a placeholder from an example. Paste your own key.');
    case 'characters':
      return vscode.l10n.t('A key contains only letters, digits and symbols, without spaces. Copy it again.');
  }
}
