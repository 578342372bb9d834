import * as vscode from 'vscode';
import type { NetworkSettings } from '../../gateway/network/networkSettings';
import { readNetworkSettings } from './readNetworkSettings';

/**
 * Reads the current network settings from VS Code and the environment.
 *
 * @param clearTextOrigins The origins to which a key may be sent over plain `http:`.
 */
export function currentNetworkSettings(clearTextOrigins: readonly string[]): NetworkSettings {
  const settings = vscode.workspace.getConfiguration('http');
  return readNetworkSettings({
    inspect: (name) => settings.inspect(name),
    environment: process.env,
    clearTextOrigins,
  });
}
