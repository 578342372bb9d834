import type { WebviewPanel } from 'vscode';
import { lazily } from '../../shared/kit/lazyPart';
import type { CommandTable } from '../contributions/commandIds';
import type { IntentTable } from '../contributions/intents';
import type { ChatEditorPorts } from './chatEditors';

/** Chats in editor tabs and in windows of their own. */
interface ChatEditorFeature {
  readonly commands: Pick<CommandTable, 'parley.openInEditor' | 'parley.openInWindow'>;
  readonly intents: Pick<IntentTable, 'open-elsewhere'>;
  /** Shows a chat again in the tab of an earlier window. `state` is what VS Code kept for the tab. */
  readonly restore: (tab: WebviewPanel, state: unknown) => Promise<void>;
}

/** Prepares the chats in editor tabs, which are a bundle of their own and load with the first tab. */
export function registerChatEditors(ports: ChatEditorPorts): ChatEditorFeature {
  const editors = lazily(async () => {
    const { ChatEditors } = await import('./chatEditors');
    return new ChatEditors(ports);
  });
  const openUsed = async (place: 'editor' | 'window'): Promise<void> => {
    await ports.restored();
    const { current } = ports.panels.used.sessions;
    await (await editors()).open(current.empty ? undefined : current.conversation.id, place);
  };
  return {
    commands: {
      'parley.openInEditor': () => openUsed('editor'),
      'parley.openInWindow': () => openUsed('window'),
    },
    intents: {
      'open-elsewhere': async ({ id, place }) => {
        await (await editors()).open(id, place);
      },
    },
    restore: async (tab, state) => {
      await (await editors()).restore(tab, state);
    },
  };
}
