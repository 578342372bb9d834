import { l10n, window, type QuickPickItem } from 'vscode';
import type { AssistantMessage, Conversation } from '../../shared/conversation/conversation';
import type { Emitter } from '../../shared/kit/emitter';
import type { TrackedTask } from '../../core/tasks/trackedGeneration';
import { chosenRow, showPicker } from '../ui/showPicker';

/** What the list of tasks shows. */
interface TaskList {
  readonly tasks: readonly TrackedTask[];
  readonly changed: Emitter<void>;
}

interface TaskItem extends QuickPickItem {
  readonly task: TrackedTask;
}

/** Lets the user choose one of the running tasks. The list follows the tasks while it is open. */
export async function pickTask(
  list: TaskList,
  conversationOf: (task: TrackedTask) => Conversation | undefined,
): Promise<TrackedTask | undefined> {
  return await showPicker<TaskItem, TrackedTask>(({ picker, subscriptions, answer }) => {
    picker.title = l10n.t('Running Tasks');
    picker.placeholder = l10n.t('Select a task to open its chat or to stop it');
    picker.matchOnDescription = true;
    picker.matchOnDetail = true;
    const fill = (): void => {
      const [active] = picker.activeItems;
      const items = list.tasks.map((task) => itemOf(task, conversationOf(task)));
      picker.items = items;
      picker.activeItems = items.filter(({ task }) => task === active?.task);
    };
    fill();
    subscriptions.add(
      list.changed.on(() => {
        if (list.tasks.length === 0) answer(undefined);
        else fill();
      }),
    );
    subscriptions.add(
      picker.onDidAccept(() => {
        answer(chosenRow(picker)?.task);
      }),
    );
  });
}

/** Asks whether to open the chat of a task or to end the wait. */
export async function pickTaskAction(): Promise<'open' | 'stop' | undefined> {
  const open = { label: `$(comment-discussion) ${l10n.t('Open Chat')}`, action: 'open' } as const;
  const stop = {
    label: `$(debug-stop) ${l10n.t('Stop Waiting')}`,
    detail: l10n.t('The gateway goes on and may bill. Check Again in the chat gets the result later.'),
    action: 'stop',
  } as const;
  const title = l10n.t('Running Tasks');
  return (await window.showQuickPick<typeof open | typeof stop>([open, stop], { title }))?.action;
}

function itemOf(task: TrackedTask, conversation: Conversation | undefined): TaskItem {
  const answer = conversation?.messages.get(task.place.answerId);
  const prompt = conversation?.messages.get(answer?.parent ?? '');
  const text = prompt?.role === 'user' ? prompt.text : '';
  const title = conversation?.title ?? '';
  const known = answer?.role === 'assistant' ? answer : undefined;
  return {
    task,
    label: `$(${iconOf(known)}) ${withoutIcons(known?.modelName ?? l10n.t('Task'))}`,
    description: stateOf(known),
    detail: withoutIcons(
      (title === '' || text.startsWith(title) ? text : `${title} · ${text}`).slice(0, 300),
    ),
  };
}

function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}

function iconOf(answer: AssistantMessage | undefined): string {
  switch (answer?.generation?.kind) {
    case 'video':
      return 'device-camera-video';
    case 'music':
      return 'music';
    default:
      return 'file-media';
  }
}

function stateOf(answer: AssistantMessage | undefined): string {
  const { state = null, percent = null } = answer?.progress ?? {};
  if (percent !== null) return `${Math.round(percent)}%`;
  if (state === 'running') return l10n.t('running');
  return state === 'waiting' ? l10n.t('waiting in the queue of the gateway') : '';
}
