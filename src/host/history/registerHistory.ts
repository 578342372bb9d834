import type { DisposableStore } from '../../shared/kit/disposable';
import type { CommandTable } from '../contributions/commandIds';
import type { IntentTable } from '../contributions/intents';
import type { Page } from '../contributions/page';
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
  page: Pick<Page, 'showPart'>,
  restored: () => Promise<void>,
): HistoryFeature {
  const actions = lazily(async () => {
    const { HistoryActions } = await import('./historyActions');
    return subscriptions.add(new HistoryActions(ports));
  });
  return {
    commands: {
      'parley.showHistory': () => page.showPart('history'),
      'parley.exportChat': async () => {
        await restored();
        await (await actions()).exportChat();
      },
      'parley.deleteChat': async () => {
        await restored();
        await (await actions()).removeCurrent();
      },
      'parley.importChat': async () => {
        await (await actions()).importChat();
      },
    },
    intents: {
      'list-history': async (body) => (await actions()).list(body),
      'open-chat': async (body) => (await actions()).open(body),
      'rename-chat': async (body) => (await actions()).rename(body),
      'pin-chat': async (body) => (await actions()).pin(body),
      'delete-chat': async (body) => (await actions()).remove(body),
      'restore-chat': async (body) => (await actions()).restore(body),
      'export-chat': async (body) => (await actions()).exportChat(body.id),
      'import-chat': async () => (await actions()).importChat(),
    },
  };
}
