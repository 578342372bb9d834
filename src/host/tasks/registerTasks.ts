import { join } from 'node:path';
import { streamOnceLoaded } from '../../gateway/call/streamOnceLoaded';
import type { AnswerGeneration } from '../../core/ports/generationClient';
import type { CommandTable } from '../contributions/commandIds';
import { nodeFileSystem } from '../../storage/files/fileSystem';
import { lazily } from '../../shared/kit/lazyPart';
import type { TaskPorts } from './backgroundTasks';

/** The pictures, video and music that gateways make later. */
interface TaskFeature {
  readonly generation: AnswerGeneration;
  /** Continues the tasks of all conversations, once per window. Without tasks it only lists a folder. */
  readonly resume: () => Promise<void>;
  readonly commands: Pick<CommandTable, 'parley.showTasks'>;
}

/** Prepares the tasks, which are a bundle of their own and load with the first one. */
export function registerTasks(ports: TaskPorts): TaskFeature {
  const folder = join(ports.house.storage.fsPath, 'tasks');
  const actions = lazily(async () => {
    const { BackgroundTasks } = await import('./backgroundTasks');
    return ports.house.subscriptions.add(new BackgroundTasks(ports, folder));
  });
  return {
    generation: {
      generate: (...given) => streamOnceLoaded(actions(), ({ generation }) => generation.generate(...given)),
      followTask: (...given) =>
        streamOnceLoaded(actions(), ({ generation }) => generation.followTask(...given)),
    },
    resume: lazily(async () => {
      if ((await nodeFileSystem.names(folder)).length > 0) await (await actions()).resume();
    }),
    commands: {
      'parley.showTasks': async () => {
        await (await actions()).show();
      },
    },
  };
}
