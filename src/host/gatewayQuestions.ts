import * as vscode from 'vscode';
import type { ChatClient, Timeouts } from '../core/ports';
import { findLocalServers, gatewayPresets, presetDescription } from '../gateway/presets';
import { normaliseBaseUrl } from '../gateway/baseUrl';
import type { GatewayRegistry, KnownGateway } from './gatewayRegistry';
import { askInput } from './inputBox';

/** What the user wants to add. */
export type GatewayToAdd =
  /** All is known but the key. */
  | { readonly kind: 'known'; readonly gateway: KnownGateway }
  /** A preset whose base URL differs from account to account. */
  | { readonly kind: 'preset'; readonly id: string; readonly baseUrl: string }
  | { readonly kind: 'local'; readonly id: string; readonly baseUrl: string }
  | { readonly kind: 'custom'; readonly baseUrl: string };

/** Asks which gateway to add: a preset, a local server, or any base URL. */
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
      description: vscode.l10n.t('Ollama, LM Studio, llama.cpp or vLLM on this machine; no key'),
      choice: 'local',
    },
    {
      label: `$(link) ${vscode.l10n.t('Any Base URL…')}`,
      description: vscode.l10n.t("Whatever speaks OpenAI's chat completions"),
      choice: 'custom',
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Add Gateway'),
    placeHolder: vscode.l10n.t('Where are your models?'),
    matchOnDescription: true,
  });
  if (picked === undefined) return undefined;
  if (picked.choice === 'local') return await pickLocalServer(client, timeouts);
  const known = registry.find(picked.choice);
  if (known !== undefined) return { kind: 'known', gateway: known };
  const baseUrl = await askBaseUrl();
  if (baseUrl === undefined) return undefined;
  return picked.choice === 'custom'
    ? { kind: 'custom', baseUrl }
    : { kind: 'preset', id: picked.choice, baseUrl };
}

/** Asks for a base URL; resolves to it in its normal form. */
export async function askBaseUrl(): Promise<string | undefined> {
  const answer = await askInput({
    title: vscode.l10n.t('Base URL'),
    prompt: vscode.l10n.t(
      'The address that your gateway gives for OpenAI clients. A pasted …/chat/completions is fine.',
    ),
    placeholder: 'https://api.example.com/v1',
    validate: (value) =>
      normaliseBaseUrl(value).ok ? undefined : vscode.l10n.t('That is no http or https address.'),
  });
  if (answer === undefined) return undefined;
  const normalised = normaliseBaseUrl(answer);
  return normalised.ok ? normalised.baseUrl : undefined;
}

async function pickLocalServer(client: ChatClient, timeouts: Timeouts): Promise<GatewayToAdd | undefined> {
  const found = await vscode.window.withProgress(
    { location: { viewId: 'parley.chat' }, title: vscode.l10n.t('Looking for local servers') },
    async () => new Set((await findLocalServers(client, timeouts)).map(({ id }) => id)),
  );
  const items = gatewayPresets.flatMap((preset) =>
    preset.local && preset.baseUrl !== null
      ? [
          {
            label: preset.name,
            description: preset.baseUrl,
            detail: found.has(preset.id)
              ? `$(check) ${vscode.l10n.t('Running')}`
              : vscode.l10n.t('Not running'),
            running: found.has(preset.id),
            local: { kind: 'local', id: preset.id, baseUrl: preset.baseUrl } as const,
          },
        ]
      : [],
  );
  const picked = await vscode.window.showQuickPick(
    items.toSorted((left, right) => Number(right.running) - Number(left.running)),
    {
      title: vscode.l10n.t('Local Server'),
      placeHolder:
        found.size === 0
          ? vscode.l10n.t('None was found running. Start one first, or choose the one that you will start.')
          : vscode.l10n.t('Which one?'),
    },
  );
  return picked?.local;
}
