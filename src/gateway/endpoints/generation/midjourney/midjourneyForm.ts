import type { TaskForm } from '../tasks/taskForm';
import { midjourneyContentPath } from './midjourneyRequest';
import { readMidjourneyTask } from './readMidjourneyTask';

/** The tasks of Midjourney. */
export const midjourneyForm: TaskForm = {
  read: readMidjourneyTask,
  contentPath: midjourneyContentPath,
  mayUseSecretHeader: true,
};

/**
 * A task of Midjourney that got the prompt that it waited for. Gateways such as New API tell its earlier state for up to 15 seconds
 * more: then it is waiting.
 */
export const midjourneyModalForm: TaskForm = {
  ...midjourneyForm,
  read: (text) => {
    const reading = readMidjourneyTask(text);
    if (reading.kind !== 'report' || reading.report.status !== 'needs-input') return reading;
    return { kind: 'report', report: { ...reading.report, status: 'waiting' } };
  },
};
