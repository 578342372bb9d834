import { window } from 'vscode';
import type { DisposableStore } from '../../shared/kit/disposable';
import { lazily } from '../../shared/kit/lazyPart';
import type { CommandTable } from '../contributions/commandIds';
import type { TerminalPorts } from './terminalPorts';

/** The commands for terminals. */
type TerminalCommands = Pick<
  CommandTable,
  | 'parley.explainFailedCommand'
  | 'parley.fixFailedCommand'
  | 'parley.explainTerminalSelection'
  | 'parley.writeTerminalCommand'
>;

/**
 * Prepares what Parley does for terminals: a bundle of its own, which loads on first use, or when the first command runs. Commands
 * are recorded from then on, so a window in which Parley is not used records nothing.
 */
export function registerTerminal(
  subscriptions: DisposableStore,
  ports: TerminalPorts,
): { readonly commands: TerminalCommands } {
  const actions = lazily(async () => {
    const { TerminalActions } = await import('./terminalActions');
    return subscriptions.add(new TerminalActions(ports));
  });
  subscriptions.add(
    window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
      // VS Code gives the output from this call on.
      const data = execution.read();
      actions()
        .then((loaded) => loaded.record(terminal, execution, data))
        .catch((error: unknown) => {
          ports.log.error(`Recording a command failed: ${String(error)}`);
        });
    }),
  );
  return {
    commands: {
      'parley.explainFailedCommand': async (clicked) => (await actions()).explainFailed(clicked),
      'parley.fixFailedCommand': async (clicked) => (await actions()).fixFailed(clicked),
      'parley.explainTerminalSelection': async () => (await actions()).explainSelection(),
      'parley.writeTerminalCommand': async () => (await actions()).write(),
    },
  };
}
