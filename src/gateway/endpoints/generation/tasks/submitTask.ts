import type { Ending } from '../../../../shared/answer/ending';
import type { Task } from '../../../../shared/answer/task';
import { failureOf } from '../../../failures/failureOf';
import { failed, type GenerationRun } from '../wire/generationRun';
import { watchTask } from './watchTask';
import { taskForms } from './taskForms';

/** Reports a task that the gateway accepted, and watches it. */
export async function submitTask(run: GenerationRun, task: Task): Promise<Ending> {
  run.parts.add({ kind: 'task-submitted', task });
  return await resumeTask(run, task);
}

/** Watches a task that was reported before. */
export async function resumeTask(run: GenerationRun, task: Task): Promise<Ending> {
  const form = Object.hasOwn(taskForms, task.form) ? taskForms[task.form] : undefined;
  if (form !== undefined) return await watchTask(run, task, form);
  // A newer version may have stored it.
  const { gateway, modelId } = run.target;
  return failed(failureOf({ gateway, modelId, url: gateway.baseUrl, secrets: [] }, 'task-lost'));
}
