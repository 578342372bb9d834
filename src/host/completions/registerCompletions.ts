import type * as vscode from 'vscode';
import type { CommandTable } from '../contributions/commandIds';
import { lazily } from '../../shared/kit/lazyPart';
import type { GhostTextPorts } from './ghostText';

/** The completions while the user types. */
interface CompletionFeature {
  readonly commands: Pick<CommandTable, 'parley.toggleCompletions' | 'parley.selectCompletionModel'>;
  readonly provide: vscode.InlineCompletionItemProvider['provideInlineCompletionItems'];
}

/** Prepares the completions, which are a bundle of their own and load with the first question or command. */
export function registerCompletions(ports: GhostTextPorts): CompletionFeature {
  const ghostText = lazily(async () => {
    const { GhostText } = await import('./ghostText');
    return ports.house.subscriptions.add(new GhostText(ports));
  });
  return {
    commands: {
      'parley.toggleCompletions': async () => {
        await (await ghostText()).toggle();
      },
      'parley.selectCompletionModel': async () => {
        await (await ghostText()).selectModel();
      },
    },
    provide: async (...given) => await (await ghostText()).provide(...given),
  };
}
