import { readTask } from '../tasks/readTask';
import type { TaskForm } from '../tasks/taskForm';

/** The tasks of videos in OpenAI's form and in New API's own, whose content has a path at the gateway. */
export const videoForm: TaskForm = {
  read: readTask,
  contentPath: ({ path }) => {
    const [, base, id] = /^(.{0,1000})\/(?:videos|video\/generations)\/([^/?]{1,600})$/.exec(path) ?? [];
    return base === undefined || id === undefined ? undefined : `${base}/videos/${id}/content`;
  },
};
