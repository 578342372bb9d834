import * as vscode from 'vscode';
import type { Timeouts } from '../../core/models/route';
import type { ChatClient } from '../../core/ports/chatClient';
import { gatewayPresets, presetDescription } from '../../gateway/setup/gatewayPresets';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import { askBaseUrl, type Address } from './askBaseUrl';
import { pickLocalServer, type PickedServer } from './pickLocalServer';

/** The gateway that the user wants to add. */
export type GatewayToAdd =
  /** A gateway with a complete configuration: only the key may be missing. */
  | { readonly kind: 'known'; readonly gateway: KnownGateway }
  /** A preset whose base URL is different for each account. */
  | ({ readonly kind: 'preset'; readonly id: string } & Address)
  | PickedServer
  | ({ readonly kind: 'custom' } & Address);

/** What to add if the user has already decided for one of the general rows. */
export type AddedKind = 'local' | 'custom';

/**
 * Asks which gateway to add: a preset, a local server, or any base URL.
 *
 * @param kind Skips the first question.
 * @returns undefined if the user cancels.
 */
export async function pickGatewayToAdd(
  registry: GatewayRegistry,
  client: ChatClient,
  timeouts: Timeouts,
  kind?: AddedKind,
): Promise<GatewayToAdd | undefined> {
  const choice = kind ?? (await pickKind());
  if (choice === undefined) return undefined;
  if (choice === 'local') return await pickLocalServer(client, timeouts);
  const known = registry.find(choice);
  if (known !== undefined && choice !== 'custom') return { kind: 'known', gateway: known };
  const address = await askBaseUrl(client, timeouts);
  if (address === undefined) return undefined;
  return choice === 'custom' ? { kind: 'custom', ...address } : { kind: 'preset', id: choice, ...address };
}

/** Asks for the id of a hosted preset, or for one of the general rows. */
async function pickKind(): Promise<string | undefined> {
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
      description: vscode.l10n.t('Ollama, LM Studio, llama.cpp, vLLM and others on this computer'),
      choice: 'local',
    },
    {
      label: `$(link) ${vscode.l10n.t('Any Base URL…')}`,
      description: vscode.l10n.t('Any OpenAI-compatible API'),
      choice: 'custom',
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Add Gateway'),
    placeHolder: vscode.l10n.t('Select a gateway or server'),
    matchOnDescription: true,
    // A prompt may wait for the gateway while the panel takes the focus.
    ignoreFocusOut: true,
  });
  return picked?.choice;
}
