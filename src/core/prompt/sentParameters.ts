import { isDefault, type ChatParameters } from '../../shared/conversation/chatParameters';
import { chatParametersIn } from '../models/chatParametersIn';
import type { Target } from './target';

/** What a request to a target sends beside the messages; undefined for nothing, and for a target that cannot be asked. */
export function sentParameters({ route, instructions }: Target): ChatParameters | undefined {
  if ('failure' in route) return undefined;
  const systemText = instructions.find(({ source }) => source === 'chat')?.text;
  const sent = { ...chatParametersIn(route.parameters), ...(systemText !== undefined && { systemText }) };
  return isDefault(sent) ? undefined : sent;
}
