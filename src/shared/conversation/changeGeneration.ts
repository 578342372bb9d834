import type { GenerationProgress } from '../answer/task';
import type { AssistantMessage } from './conversation';
import type { EventOf } from './conversationEvent';

/**
 * Applies what a gateway tells about pictures, video or music that it makes. After the end of the answer only its task and its
 * buttons matter.
 */
export function changeGeneration(
  answer: AssistantMessage,
  event: EventOf<'task-submitted' | 'task-progressed' | 'preview-shown' | 'task-actions-offered'>,
): void {
  const isOver = answer.ending !== null;
  const progress = answer.progress ?? { task: null, state: null, percent: null, preview: null, actions: [] };
  answer.retry = null;
  switch (event.kind) {
    case 'task-submitted':
      progress.task = event.task;
      if (!isOver) progress.state ??= 'waiting';
      break;
    case 'task-progressed':
      if (isOver) break;
      progress.state = event.state;
      if (event.percent !== null) progress.percent = Math.max(progress.percent ?? 0, event.percent);
      break;
    case 'preview-shown':
      if (!isOver) progress.preview = event.media;
      break;
    case 'task-actions-offered':
      progress.actions = event.actions;
      break;
  }
  keep(answer, progress);
}

/** Forgets what only matters while the work is under way. The task stays: it can be asked about again. */
export function endGeneration(answer: AssistantMessage): void {
  if (answer.progress === undefined) return;
  keep(answer, { ...answer.progress, state: null, percent: null, preview: null });
}

function keep(answer: AssistantMessage, progress: GenerationProgress): void {
  const { task, state, preview, actions } = progress;
  if (task !== null || state !== null || preview !== null || actions.length > 0) answer.progress = progress;
  else delete answer.progress;
}
