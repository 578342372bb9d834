import type { AssistantMessage } from '../../shared/conversation/conversation';
import type { StreamPart } from '../ports/answerStream';

/**
 * The parts of an answer that another window has finished and stored, for a window that shows its beginning.
 *
 * @param shown How many parts the window shows already.
 */
export function storedParts(stored: AssistantMessage, shown: number): readonly StreamPart[] {
  const { parts, progress, usage, servedModel, ending } = stored;
  const actions = progress?.actions ?? [];
  return [
    ...parts.slice(shown).flatMap((part): readonly StreamPart[] => {
      if (part.kind === 'text') return [{ kind: 'text', text: part.text }];
      return part.kind === 'media' ? [{ kind: 'media', media: part.media }] : [];
    }),
    ...(actions.length > 0 ? [{ kind: 'task-actions' as const, actions }] : []),
    ...(usage === null ? [] : [{ kind: 'usage' as const, usage }]),
    ...(servedModel === null ? [] : [{ kind: 'served-model' as const, modelId: servedModel }]),
    { kind: 'ended', ending: ending ?? { outcome: 'cancelled' } },
  ];
}
