import { readTask } from './readTask';
import type { TaskForm } from './taskForm';

/** The tasks of APIMart and APIPod. */
export const usualForm: TaskForm = { read: readTask };
