import { l10n, window } from 'vscode';
import type { SessionPool } from '../../core/conversation/sessionPool';
import type { ConversationStore } from '../../core/ports/conversationStore';
import type { AnswerPlace, GenerationClient } from '../../core/ports/generationClient';
import { resumeTasks } from '../../core/tasks/resumeTasks';
import { TrackedGeneration } from '../../core/tasks/trackedGeneration';
import { wait } from '../../gateway/failures/retryPolicy';
import type { AssistantMessage, Conversation } from '../../shared/conversation/conversation';
import { DisposableStore, type Disposable } from '../../shared/kit/disposable';
import { nodeFileSystem } from '../../storage/files/fileSystem';
import { TaskFiles } from '../../storage/tasks/taskFiles';
import type { House } from '../contributions/house';
import type { OpenPanels } from '../contributions/openPanels';
import { pickTask, pickTaskAction } from './pickTask';
import { TaskStatusBar } from './taskStatusBar';

/** While tasks are left for later, this window looks for them so often, in milliseconds. */
const lookEvery = 60_000;

/** What the tasks need. */
export interface TaskPorts {
  readonly house: House;
  readonly client: GenerationClient;
  readonly store: Pick<ConversationStore, 'load' | 'flush'>;
  readonly pool: () => Pick<SessionPool, 'get' | 'wake'>;
  readonly panels: () => OpenPanels;
}

/** The tasks of gateways: makes them, lets them go on after a restart, and shows them in the status bar. */
export class BackgroundTasks implements Disposable {
  readonly generation: TrackedGeneration;
  private readonly claims: TaskFiles;
  private readonly subscriptions = new DisposableStore();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isDisposed = false;

  /** @param folder Where the open tasks are recorded. */
  constructor(
    private readonly ports: TaskPorts,
    folder: string,
  ) {
    const { house, client, store, pool } = ports;
    const { log, now } = house;
    this.claims = this.subscriptions.add(new TaskFiles(folder, { fileSystem: nodeFileSystem, log, now }));
    this.generation = new TrackedGeneration({
      client,
      claims: this.claims,
      log,
      wait,
      shown: (place) => answerIn(pool().get(place.conversationId)?.conversation, place),
      stored: async (place) => answerIn(await store.load(place.conversationId), place),
      flush: () => store.flush(),
    });
    const statusBar = this.subscriptions.add(new TaskStatusBar());
    this.subscriptions.add(
      this.generation.changed.on(() => {
        statusBar.show(this.generation.tasks.length);
      }),
    );
  }

  /** Continues the tasks of all conversations. Looks again later for tasks that it could not continue now. Never rejects. */
  async resume(): Promise<void> {
    const { house, pool } = this.ports;
    const left = await resumeTasks({
      claims: this.claims,
      log: house.log,
      now: house.now,
      tracked: () => this.generation.tasks,
      wake: async (place) => answerIn((await pool().wake(place.conversationId))?.conversation, place),
    });
    clearTimeout(this.timer);
    if (left > 0 && !this.isDisposed) this.timer = setTimeout(() => void this.resume(), lookEvery);
  }

  /** Shows the running tasks, opens the chat of one or stops it. */
  async show(): Promise<void> {
    const { pool, panels } = this.ports;
    if (this.generation.tasks.length === 0) {
      await window.showInformationMessage(l10n.t('No tasks are running.'));
      return;
    }
    const task = await pickTask(
      this.generation,
      ({ place }) => pool().get(place.conversationId)?.conversation,
    );
    const action = task && (await pickTaskAction());
    if (task === undefined || action === undefined) return;
    if (action === 'stop') {
      task.cancel();
      return;
    }
    const { sessions, page } = panels().used;
    await sessions.openConversation(task.place.conversationId);
    await page.reveal();
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }
}

function answerIn(
  conversation: Conversation | undefined,
  { answerId }: AnswerPlace,
): AssistantMessage | undefined {
  const message = conversation?.messages.get(answerId);
  return message?.role === 'assistant' ? message : undefined;
}
