import { modalAction, type Generation, type TaskAction } from '../../../src/shared/answer/generation';
import type { Media } from '../../../src/shared/answer/media';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import { asked, ended } from './samples';

/** A drawn picture as a `data:` URL, in the size that a model would make it. */
export function drawing(colour: string, width = 1536, height = 1024): string {
  return `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${colour}"/><circle cx="50%" cy="50%" r="25%" fill="gold"/></svg>`,
  )}`;
}

/** A prompt, and an answer that consists of pictures. */
export function pictureAsked(
  settings: Generation['settings'],
  kind: Generation['kind'] = 'image',
  at = Date.UTC(2026, 10, 21, 9, 30),
): ConversationEvent[] {
  return [
    asked('q1', 'A cat in the sun'),
    {
      kind: 'message-added',
      id: 'a1',
      parent: 'q1',
      at,
      content: {
        role: 'assistant',
        model: { gatewayId: 'demo', modelId: 'gpt-image-2' },
        modelName: 'GPT Image 2',
        generation: { kind, settings },
      },
    },
  ];
}

/** A picture of the answer has come. */
export function pictureCame(url: string, facts: Omit<Media, 'kind' | 'url'> = {}): ConversationEvent {
  return { kind: 'media-added', id: 'a1', media: { kind: 'image', url, ...facts }, at: 1 };
}

const uuid = '5b0c9a52-8f3d-4b7f-9a55-4d0c6d3ad0b1';

/** The buttons of a grid of Midjourney. */
export const gridActions: TaskAction[] = [
  ...[1, 2, 3, 4].map((n) => ({ customId: `MJ::JOB::upsample::${n}::${uuid}`, label: `U${n}` })),
  { customId: `MJ::JOB::reroll::0::${uuid}::SOLO`, label: '' },
  ...[1, 2, 3, 4].map((n) => ({ customId: `MJ::JOB::variation::${n}::${uuid}`, label: `V${n}` })),
  { customId: `MJ::JOB::pan_left::1::${uuid}::SOLO`, label: '⬅️' },
];

/** A button of the answer `a1` was pressed, and its task waits for a prompt. */
export function taskWaits(customId: string, path = '/mj/task/8/fetch'): ConversationEvent[] {
  const model = { gatewayId: 'demo', modelId: 'midjourney' };
  const generation: Generation = {
    kind: 'midjourney',
    settings: {},
    action: { customId, label: '', taskId: '7' },
  };
  return [
    {
      kind: 'message-added',
      id: 'q2',
      parent: 'a1',
      at: 1,
      content: { role: 'user', text: 'Custom Zoom', attachments: [] },
    },
    {
      kind: 'message-added',
      id: 'a2',
      parent: 'q2',
      at: 1,
      content: { role: 'assistant', model, modelName: 'Midjourney', generation },
    },
    {
      kind: 'task-submitted',
      id: 'a2',
      task: { taskId: '8', kind: 'midjourney', form: 'midjourney', path, submittedAt: 0 },
      at: 1,
    },
    { kind: 'task-actions-offered', id: 'a2', actions: [modalAction], at: 1 },
    ended('a2'),
  ];
}
