import type { DisposableStore } from '../../shared/kit/disposable';
import type { CommandTable } from '../contributions/commandIds';
import type { IntentTable } from '../contributions/intents';
import { lazily } from '../../shared/kit/lazyPart';
import type { HistoryPorts } from './historyActions';

/** The list of conversations, with export and import. */
interface HistoryFeature {
  readonly commands: Pick<
    CommandTable,
    'parley.showHistory' | 'parley.exportChat' | 'parley.importChat' | 'parley.deleteChat'
  >;
  readonly intents: Pick<
    IntentTable,
    | 'list-history'
    | 'open-chat'
    | 'rename-chat'
    | 'pin-chat'
    | 'delete-chat'
    | 'restore-chat'
    | 'export-chat'
    | 'import-chat'
  >;
}

/**
 * Prepares the history, which is a bundle of its own and loads on first use.
 *
 * @param restored Resolves when the conversation that the window last showed is open again.
 */
export function registerHistory(
  subscriptions: DisposableStore,
  ports: HistoryPorts,
  restored: () => Promise<void>,
): HistoryFeature {
  const actions = lazily(async () => {
    const { HistoryActions } = await import('./historyActions');
    return subscriptions.add(new HistoryActions(ports));
  });
  const { panels } = ports;
  return {
    commands: {
      'parley.showHistory': () => panels.used.page.showPart('history'),
      'parley.exportChat': async () => {
        await restored();
        await (await actions()).exportChat(panels.used.sessions.current.conversation.id);
      },
      'parley.deleteChat': async () => {
        await restored();
        await (await actions()).removeCurrent(panels.used);
      },
      'parley.importChat': async () => {
        await (await actions()).importChat(panels.used);
      },
    },
    intents: {
      'list-history': async (body, panel) => (await actions()).list(body, panel),
      'open-chat': async (body, panel) => (await actions()).open(body, panel),
      'rename-chat': async (body) => (await actions()).rename(body),
      'pin-chat': async (body) => (await actions()).pin(body),
      'delete-chat': async (body) => (await actions()).remove(body),
      'restore-chat': async (body) => (await actions()).restore(body),
      'export-chat': async ({ id }) => (await actions()).exportChat(id),
      'import-chat': async (_, panel) => (await actions()).importChat(panel),
    },
  };
}
