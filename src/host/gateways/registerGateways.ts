import type * as vscode from 'vscode';
import type { NetworkSettings } from '../../gateway/network/networkSettings';
import type { House } from '../contributions/house';
import { Settings } from '../settings/settings';
import { currentNetworkSettings } from './currentNetworkSettings';
import { GatewayRegistry } from './gatewayRegistry';
import { InsecureOrigins } from './insecureOrigins';
import { SecretKeyStore } from './secretKeyStore';

/** The gateways, their keys and the way to them. */
export interface GatewayFeature {
  readonly settings: Settings;
  readonly keys: SecretKeyStore;
  readonly gateways: GatewayRegistry;
  readonly insecureOrigins: InsecureOrigins;
  /** The network settings at the time of the call. */
  readonly network: () => NetworkSettings;
}

/** Creates the registry of gateways and what it reads. */
export function registerGateways(house: House, secrets: vscode.SecretStorage): GatewayFeature {
  const settings = new Settings();
  const keys = new SecretKeyStore(secrets);
  const insecureOrigins = new InsecureOrigins(house.globalState);
  return {
    settings,
    keys,
    gateways: house.subscriptions.add(new GatewayRegistry(settings, keys, house.log)),
    insecureOrigins,
    network: () => currentNetworkSettings(insecureOrigins.all()),
  };
}
