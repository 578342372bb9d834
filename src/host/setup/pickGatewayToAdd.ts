import * as vscode from 'vscode';
import type { Timeouts } from '../../core/models/route';
import type { ChatClient } from '../../core/ports/chatClient';
import { normaliseBaseUrl, type BaseUrlProblem } from '../../gateway/setup/normaliseBaseUrl';
import { readPastedKey, type KeyProblem, type PastedKey } from '../../gateway/setup/pastedKey';
import { gatewayPresets, presetDescription } from '../../gateway/setup/gatewayPresets';
import { explainFailure } from '../../shared/failure/explainFailure';
import { isUnreachable } from '../../shared/failure/failure';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import { askInput } from '../ui/askInput';
import { pickLocalServer, type PickedServer } from './pickLocalServer';

/** The gateway that the user wants to add. */
export type GatewayToAdd =
  /** A gateway with a complete configuration: only the key may be missing. */
  | { readonly kind: 'known'; readonly gateway: KnownGateway }
  /** A preset whose base URL is different for each account. */
  | ({ readonly kind: 'preset'; readonly id: string } & Address)
  | PickedServer
  | ({ readonly kind: 'custom' } & Address);

/** A base URL that the user typed or pasted. */
interface Address {
  /** In normal form; see `normaliseBaseUrl`. */
  readonly baseUrl: string;
  /** The key of a pasted curl command. */
  readonly pasted?: Extract<PastedKey, { ok: true }>;
}

/**
 * Asks which gateway to add: a preset, a local server, or any base URL.
 *
 * @returns undefined if the user cancels.
 */
export async function pickGatewayToAdd(
  registry: GatewayRegistry,
  client: ChatClient,
  timeouts: Timeouts,
): Promise<GatewayToAdd | undefined> {
  const hosted = gatewayPresets
    .filter((preset) => !preset.local)
    .map((preset) => ({
      label: preset.name,
      description: presetDescription(preset.id, vscode.l10n.t),
      choice: preset.id,
    }));
  const items = [
    { label: vscode.l10n.t('Gateways'), kind: vscode.QuickPickItemKind.Separator, choice: '' },
    ...hosted,
    { label: vscode.l10n.t('Others'), kind: vscode.QuickPickItemKind.Separator, choice: '' },
    {
      label: `$(server) ${vscode.l10n.t('Local Server…')}`,
      description: vscode.l10n.t('Ollama, LM Studio, llama.cpp, vLLM and others on this computer; no key'),
      choice: 'local',
    },
    {
      label: `$(link) ${vscode.l10n.t('Any Base URL…')}`,
      description: vscode.l10n.t("Any server with OpenAI's Chat Completions API"),
      choice: 'custom',
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Add Gateway'),
    placeHolder: vscode.l10n.t('Select a gateway or server'),
    matchOnDescription: true,
  });
  if (picked === undefined) return undefined;
  if (picked.choice === 'local') return await pickLocalServer(client, timeouts);
  const known = registry.find(picked.choice);
  if (known !== undefined) return { kind: 'known', gateway: known };
  const address = await askBaseUrl(client, timeouts);
  if (address === undefined) return undefined;
  return picked.choice === 'custom'
    ? { kind: 'custom', ...address }
    : { kind: 'preset', id: picked.choice, ...address };
}

/**
 * Asks for a base URL until a server answers there, or until the user confirms it. Also accepts a curl command, and reads its
 * key.
 *
 * @returns undefined if the user cancels.
 */
export async function askBaseUrl(client: ChatClient, timeouts: Timeouts): Promise<Address | undefined> {
  /** The unreachable URL that pressing Enter again accepts. */
  let doubtful = '';
  let baseUrl = '';
  const answer = await askInput({
    title: vscode.l10n.t('Base URL'),
    prompt: vscode.l10n.t(
      "The address for OpenAI clients from your gateway's documentation. You can also paste a …/chat/completions URL or a curl command.",
    ),
    placeholder: 'https://api.example.com/v1',
    validate: async (value) => {
      const normalised = normaliseBaseUrl(value);
      if (!normalised.ok) return sentenceOfUrl(normalised.problem);
      ({ baseUrl } = normalised);
      if (baseUrl === doubtful) return undefined;
      const problem = await reach(baseUrl, client, timeouts);
      if (problem === undefined) return undefined;
      doubtful = baseUrl;
      return withConfirmHint(problem);
    },
  });
  if (answer === undefined) return undefined;
  const pasted = /\bcurl\b/.test(answer) ? readPastedKey(answer) : undefined;
  return { baseUrl, ...(pasted?.ok === true && { pasted }) };
}

/** Adds to a sentence about a problem that pressing Enter again accepts the value. */
export function withConfirmHint(problem: string): string {
  return vscode.l10n.t('{0} Press Enter again to continue anyway.', problem);
}

/** Tries to reach a base URL. Returns a sentence about the problem; undefined if any server answers, even with an error. */
async function reach(baseUrl: string, client: ChatClient, timeouts: Timeouts): Promise<string | undefined> {
  const { host } = new URL(baseUrl);
  const gateway = {
    id: '',
    name: host,
    baseUrl,
    auth: 'none',
    headers: {},
    models: [],
    extraBody: {},
  } as const;
  const { failure } = await client.listModels(gateway, timeouts);
  if (failure === undefined || !isUnreachable(failure)) return undefined;
  return explainFailure(failure, vscode.l10n.t).sentence;
}

function sentenceOfUrl(problem: BaseUrlProblem): string {
  switch (problem) {
    case 'empty':
      return vscode.l10n.t('Enter an address.');
    case 'credentials':
      return vscode.l10n.t(
        'Remove the user name and password from the address. Parley asks for the key in the next step.',
      );
    case 'fragment':
      return vscode.l10n.t('An address with # belongs to a web page. Enter the address of the API.');
    case 'zone':
      return vscode.l10n.t(
        'Addresses with a network interface (%) are not supported. Use a host name or another address.',
      );
    case 'scheme':
    case 'not-an-address':
      return vscode.l10n.t('Enter an http or https address.');
  }
}

/** A sentence that says why a text cannot be a key. */
export function sentenceOfKey(problem: KeyProblem): string {
  switch (problem) {
    case 'empty':
      return vscode.l10n.t('Enter a key.');
    case 'address':
      return vscode.l10n.t('This is an address, not a key.');
    case 'masked':
      return vscode.l10n.t('This is a shortened key. Copy the whole key.');
    case 'placeholder':
      return vscode.l10n.t('This is a placeholder from an example. Paste your own key.');
    case 'characters':
      return vscode.l10n.t('A key has only ASCII characters and no spaces. Did you copy something else?');
  }
}
