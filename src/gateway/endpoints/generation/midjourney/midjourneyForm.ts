import type { TaskForm } from '../tasks/taskForm';
import { midjourneyContentPath } from './midjourneyRequest';
import { readMidjourneyTask } from './readMidjourneyTask';

/** The tasks of Midjourney. */
export const midjourneyForm: TaskForm = {
  read: readMidjourneyTask,
  contentPath: midjourneyContentPath,
  mayUseSecretHeader: true,
};
