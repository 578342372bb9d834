import type { AnswerStream } from '../../../core/ports/answerStream';
import type { GenerationClient, GenerationRequest } from '../../../core/ports/generationClient';
import type { Ending } from '../../../shared/answer/ending';
import { failureOf } from '../../failures/failureOf';
import { generateImages } from './images/generateImages';
import { resumeTask } from './tasks/submitTask';
import { failed, GenerationRun, type GenerationTools, type RunTarget } from './wire/generationRun';

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
  if (request.generation.kind === 'image') return await generateImages(run, request);
  const { gateway, modelId } = request;
  return failed(failureOf({ gateway, modelId, url: gateway.baseUrl, secrets: [] }, 'endpoint-missing'));
}
