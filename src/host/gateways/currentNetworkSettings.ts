import * as vscode from 'vscode';
import type { NetworkSettings } from '../../gateway/network/networkSettings';
import { readNetworkSettings } from './readNetworkSettings';

/** What VS Code's settings and the environment say of the network now. `clearTextOrigins`: to which a key may go over plain `http:`. */
export function currentNetworkSettings(clearTextOrigins: readonly string[]): NetworkSettings {
  const settings = vscode.workspace.getConfiguration('http');
  return readNetworkSettings({
    inspect: (name) => settings.inspect(name),
    environment: process.env,
    clearTextOrigins,
  });
}
