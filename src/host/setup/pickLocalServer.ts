import * as vscode from 'vscode';
import type { Timeouts } from '../../core/models/route';
import type { ChatClient } from '../../core/ports/chatClient';
import { findLocalServers, gatewayPresets, type LocalServerState } from '../../gateway/setup/gatewayPresets';
import { chosenRow, showPicker } from '../ui/showPicker';

/** A local server that the user chose. */
export interface PickedServer {
  readonly kind: 'local';
  readonly id: string;
  readonly baseUrl: string;
  /** True if the server asks for a key. */
  readonly needsKey: boolean;
}

interface ServerItem extends vscode.QuickPickItem {
  readonly server: PickedServer;
  readonly state: LocalServerState | undefined;
}

/**
 * Asks which local server to use, and shows the state of each. If the chosen server does not answer, it is looked for again; if
 * it is chosen once more, it is accepted.
 *
 * @returns undefined if the user cancels.
 */
export async function pickLocalServer(
  client: ChatClient,
  timeouts: Timeouts,
): Promise<PickedServer | undefined> {
  return await showPicker<ServerItem, PickedServer>(({ picker, subscriptions, answer, fail, isOpen }) => {
    picker.title = vscode.l10n.t('Local Server');
    picker.matchOnDescription = true;
    picker.buttons = [{ iconPath: new vscode.ThemeIcon('refresh'), tooltip: vscode.l10n.t('Search Again') }];
    let states: ReadonlyMap<string, LocalServerState> = new Map();
    /** The id of the unresponsive server that is accepted if it is chosen again. */
    let doubtful: string | undefined;
    const show = (): void => {
      const active = picker.activeItems[0]?.server.id;
      const items = serverItems(states, doubtful);
      picker.items = items;
      picker.activeItems = items.filter(({ server }) => server.id === active);
    };
    const look = async (): Promise<void> => {
      picker.busy = true;
      picker.placeholder = vscode.l10n.t('Searching for local servers…');
      const found = await findLocalServers(client, timeouts);
      if (!isOpen()) return;
      states = new Map(found.map(({ id, state }) => [id, state]));
      picker.busy = false;
      picker.placeholder =
        found.length === 0
          ? vscode.l10n.t('No local server is running. Start one, or pick the one you are going to start.')
          : vscode.l10n.t('Select a local server');
      show();
    };
    const accept = async (): Promise<void> => {
      const item = chosenRow(picker);
      if (item === undefined || picker.busy) return;
      const { server } = item;
      const answers = (): boolean => states.has(server.id) && states.get(server.id) !== 'loading';
      if (!answers() && doubtful !== server.id) {
        doubtful = server.id;
        await look();
        if (!isOpen() || !answers()) return;
      }
      answer({ ...server, needsKey: states.get(server.id) === 'locked' });
    };
    subscriptions.add(
      picker.onDidAccept(() => {
        accept().catch(fail);
      }),
    );
    subscriptions.add(
      picker.onDidTriggerButton(() => {
        look().catch(fail);
      }),
    );
    show();
    look().catch(fail);
  });
}

/** The rows of all local servers. Servers that answer come first. */
function serverItems(
  states: ReadonlyMap<string, LocalServerState>,
  doubtful: string | undefined,
): ServerItem[] {
  const items = gatewayPresets.flatMap(({ id, name, baseUrl, local, alike = [] }): ServerItem[] => {
    if (!local || baseUrl === null) return [];
    const state = states.get(id);
    const server = { kind: 'local', id, baseUrl, needsKey: false } as const;
    const description = [baseUrl, ...alike].join(' · ');
    return [{ label: name, description, detail: detailOf(state, id === doubtful), server, state }];
  });
  return items.toSorted(
    (left, right) => Number(left.state === undefined) - Number(right.state === undefined),
  );
}

function detailOf(state: LocalServerState | undefined, isDoubtful: boolean): string {
  switch (state) {
    case 'running':
      return `$(check) ${vscode.l10n.t('Running')}`;
    case 'locked':
      return `$(key) ${vscode.l10n.t('Running, needs an API key')}`;
    case 'loading':
      return `$(loading~spin) ${isDoubtful ? vscode.l10n.t('Still loading its model. Select it again to use it anyway.') : vscode.l10n.t('Loading…')}`;
    case undefined:
      return isDoubtful
        ? `$(warning) ${vscode.l10n.t('No server answers here. Select it again to use it anyway.')}`
        : vscode.l10n.t('Not running');
  }
}
