import type { Media } from '../../../../shared/answer/media';
import type { Task } from '../../../../shared/answer/task';

/** What the results of a task are. */
export function mediaKind(kind: Task['kind']): Media['kind'] {
  return kind === 'video' ? 'video' : kind === 'music' ? 'audio' : 'image';
}
