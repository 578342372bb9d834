import * as vscode from 'vscode';
import { readEntries, type GatewayEntries } from '../../core/gatewaySettings/gatewayEntries';
import { userValue } from './userValue';

/** The end of the last edit. It never rejects. */
let lastEdit: Promise<void> = Promise.resolve();

/**
 * Edits the user's setting `parley.gateways`. Edits run one after another, so that each reads what the one before has written.
 * VS Code writes the whole list: comments outside of it stay.
 *
 * @param edit Returns the new entries; see `gatewayEntries.ts`.
 * @throws VS Code's error if the settings cannot be written, for example because the file has a syntax error.
 */
export async function editGateways(edit: (entries: GatewayEntries) => GatewayEntries): Promise<void> {
  const write = async (): Promise<void> => {
    const entries = readEntries(userValue('gateways'));
    const edited = edit(entries);
    if (edited === entries) return;
    await vscode.workspace
      .getConfiguration('parley')
      .update('gateways', edited.length === 0 ? undefined : edited, vscode.ConfigurationTarget.Global);
  };
  const edited = lastEdit.then(write);
  const ignore = (): void => undefined;
  lastEdit = edited.then(ignore, ignore);
  await edited;
}
