import type { ChatParameters } from '../../shared/conversation/chatParameters';

/** Fields of the body of a request. */
export type RequestFields = Readonly<Record<string, unknown>>;

/** The request fields of the settings, with those that the chat sets itself in their place. */
export function withChatParameters(
  fields: RequestFields,
  { temperature, effort }: ChatParameters,
): RequestFields {
  return {
    ...fields,
    ...(temperature !== undefined && { temperature }),
    ...(effort !== undefined && { reasoning_effort: effort }),
  };
}
