import type { TaskForm } from './taskForm';
import { readTask } from './readTask';

/** The protocols for tasks, by the names under which journals keep them. */
export const taskForms: Readonly<Record<string, TaskForm>> = {
  task: { read: readTask },
};
