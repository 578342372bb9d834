import type { TaskForm } from '../tasks/taskForm';
import { readSunoTask } from './readSunoTask';

/** The tasks of Suno. */
export const sunoForm: TaskForm = { read: readSunoTask };
