import type { AnswerStream } from '../../../core/ports/answerStream';
import type { GenerationClient, GenerationRequest } from '../../../core/ports/generationClient';
import type { Ending } from '../../../shared/answer/ending';
import { generateImages } from './images/generateImages';
import { generateMidjourney } from './midjourney/generateMidjourney';
import { generateMusic } from './music/generateMusic';
import { midjourneyForm, midjourneyModalForm } from './midjourney/midjourneyForm';
import { sunoForm } from './music/sunoForm';
import type { TaskForm } from './tasks/taskForm';
import { usualForm } from './tasks/usualForm';
import { watchTask } from './tasks/watchTask';
import { videoForm } from './video/videoForm';
import { failureOf } from '../../failures/failureOf';
import type { Task } from '../../../shared/answer/task';
import { generateVideo } from './video/generateVideo';
import { failed, GenerationRun, type GenerationTools, type RunTarget } from './wire/generationRun';

/** The protocols for tasks, by the names under which journals keep them. */
const taskForms: ReadonlyMap<string, TaskForm> = new Map([
  ['task', usualForm],
  ['video', videoForm],
  ['midjourney', midjourneyForm],
  ['midjourney-modal', midjourneyModalForm],
  ['suno', sunoForm],
]);

/** A `GenerationClient` that can be closed. */
export interface OpenGeneration extends GenerationClient {
  /** Ends all answers. What gateways do meanwhile goes on there. */
  cancelAll(): void;
}

/** Makes a client for pictures, video and music. The bundle `generation`, which loads with the first such request. */
export function createGeneration(tools: Omit<GenerationTools, 'keyHeaders'>): OpenGeneration {
  const underWay = new Set<GenerationRun>();
  const shared: GenerationTools = { ...tools, keyHeaders: new Map() };
  const start = (target: RunTarget, work: (run: GenerationRun) => Promise<Ending>): AnswerStream => {
    const run = new GenerationRun(shared, target, () => underWay.delete(run));
    underWay.add(run);
    return run.start(() => work(run));
  };
  return {
    generate: (request) => start(request, (run) => generateWith(run, request)),
    followTask: (task, route, modelId) => start({ ...route, modelId }, (run) => resumeTask(run, task)),
    cancelAll: () => {
      for (const run of underWay) run.cancel();
    },
  };
}

async function generateWith(run: GenerationRun, request: GenerationRequest): Promise<Ending> {
  switch (request.generation.kind) {
    case 'image':
      return await generateImages(run, request);
    case 'midjourney':
      return await generateMidjourney(run, request);
    case 'video':
      return await generateVideo(run, request);
    case 'music':
      return await generateMusic(run, request);
  }
}

/** Watches a task again. A form that is not known was stored by a newer version. */
async function resumeTask(run: GenerationRun, task: Task): Promise<Ending> {
  const form = taskForms.get(task.form);
  if (form !== undefined) return await watchTask(run, task, form);
  const { gateway, modelId } = run.target;
  return failed(failureOf({ gateway, modelId, url: gateway.baseUrl, secrets: [] }, 'task-lost'));
}
