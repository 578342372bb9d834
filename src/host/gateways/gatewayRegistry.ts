import * as vscode from 'vscode';
import type { Gateway } from '../../core/models/gateway';
import type { Log } from '../../core/ports/log';
import { gatewayPresets, type GatewayPreset } from '../../gateway/setup/gatewayPresets';
import { normaliseBaseUrl } from '../../gateway/setup/normaliseBaseUrl';
import { DisposableStore, type Disposable } from '../../shared/kit/disposable';
import { Emitter } from '../../shared/kit/emitter';
import type { SecretKeyStore } from './secretKeyStore';
import type { GatewaySetting, Settings } from '../settings/settings';

/** A gateway, and where its configuration comes from. */
export interface KnownGateway extends Gateway {
  /** The preset with this id; undefined if there is none. */
  readonly preset: GatewayPreset | undefined;
  /** True if the gateway is in the user's settings. */
  readonly configured: boolean;
  /** True if the user hid the gateway: it is not in the lists of models, but chats that use it still work. */
  readonly hidden: boolean;
}

/**
 * Lists the presets and the user's gateways. A setting with the id of a preset overrides fields of the preset.
 *
 * A gateway is ready if a key is stored for its origin, or if it needs no key and is in the user's settings. A hidden gateway
 * is never ready.
 */
export class GatewayRegistry implements Disposable {
  /** Fires when the list, or which gateways are ready, may have changed. */
  readonly changed: Emitter<void>;
  private readonly subscriptions = new DisposableStore();
  private known: readonly KnownGateway[] | undefined;
  private readyOnes: Promise<readonly KnownGateway[]> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly keys: SecretKeyStore,
    private readonly log: Log,
  ) {
    this.changed = new Emitter((error) => {
      log.error(`A listener of the gateways failed: ${String(error)}`);
    });
    const invalidate = (): void => {
      this.known = undefined;
      this.readyOnes = undefined;
      this.changed.fire();
    };
    this.subscriptions.add(keys.onDidChange(invalidate));
    this.subscriptions.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('parley.gateways')) invalidate();
      }),
    );
  }

  /** Lists every gateway with a base URL: the user's gateways, then the other presets. */
  all(): readonly KnownGateway[] {
    this.known ??= this.read();
    return this.known;
  }

  /** Finds a gateway by its id. */
  find(id: string): KnownGateway | undefined {
    return this.all().find((gateway) => gateway.id === id);
  }

  /** Lists the gateways that are ready. */
  async ready(): Promise<readonly KnownGateway[]> {
    this.readyOnes ??= this.findReady();
    return await this.readyOnes;
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private async findReady(): Promise<readonly KnownGateway[]> {
    const gateways = this.all();
    const withKey = await this.keys.having(gateways);
    return gateways.filter(
      (gateway) =>
        !gateway.hidden && (gateway.auth === 'none' ? gateway.configured : withKey.has(gateway.id)),
    );
  }

  private read(): KnownGateway[] {
    const { gateways: settings, problems } = this.settings.gateways();
    for (const problem of problems) this.log.warn(`Ignored an invalid gateway in the settings. ${problem}`);
    const configured = settings.flatMap((setting) => {
      const gateway = this.fromSetting(setting);
      return gateway === undefined ? [] : [gateway];
    });
    const ids = new Set(configured.map((gateway) => gateway.id));
    const presets = gatewayPresets.flatMap((preset) => (ids.has(preset.id) ? [] : fromPreset(preset)));
    return [...configured, ...presets];
  }

  private fromSetting(setting: GatewaySetting): KnownGateway | undefined {
    const preset = gatewayPresets.find(({ id }) => id === setting.id);
    const baseUrl = normaliseBaseUrl(setting.baseUrl ?? preset?.baseUrl ?? '');
    if (!baseUrl.ok) {
      this.log.warn(`Ignored the gateway ${setting.id} in the settings. Its base URL is not valid.`);
      return undefined;
    }
    return {
      id: setting.id,
      name: setting.name ?? preset?.name ?? setting.id,
      baseUrl: baseUrl.baseUrl,
      auth: setting.auth ?? preset?.auth ?? 'bearer',
      headers: setting.headers ?? {},
      models: setting.models ?? preset?.models ?? [],
      extraBody: setting.extraBody ?? {},
      ...(setting.endpoint !== undefined && { endpoint: setting.endpoint }),
      ...(setting.cumulativeDeltas !== undefined && { cumulativeDeltas: setting.cumulativeDeltas }),
      ...(setting.balance !== undefined && { balance: setting.balance }),
      preset,
      configured: true,
      hidden: setting.hidden === true,
    };
  }
}

function fromPreset(preset: GatewayPreset): KnownGateway[] {
  if (preset.baseUrl === null) return [];
  const { id, name, baseUrl, auth, models } = preset;
  return [
    { id, name, baseUrl, auth, models, headers: {}, extraBody: {}, preset, configured: false, hidden: false },
  ];
}
