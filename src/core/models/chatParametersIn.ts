import type { ChatParameters } from '../../shared/conversation/chatParameters';
import type { RequestFields } from './withChatParameters';

/** The part of request fields that a chat can set. Fields of another type are left out. */
export function chatParametersIn(fields: RequestFields): Omit<ChatParameters, 'systemText'> {
  const { temperature, reasoning_effort: effort } = fields;
  return {
    ...(typeof temperature === 'number' && { temperature }),
    ...(typeof effort === 'string' && { effort }),
  };
}
