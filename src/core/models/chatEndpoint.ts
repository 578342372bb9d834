/**
 * The endpoints that answer a chat: `/chat/completions`, OpenAI's `/responses`, Anthropic's `/messages`, and `/completions`, where a
 * base model continues the text.
 */
export const chatEndpoints = ['chat', 'responses', 'messages', 'completions'] as const;

/** One of these endpoints. */
export type ChatEndpoint = (typeof chatEndpoints)[number];

/** Before the name of the endpoint that a model needs, among what Parley learned about the model. */
const mark = 'endpoint ';

/** The entry that says that a model needs this endpoint, for `UnsupportedParameterMemory`. It is stored on disk. */
export function endpointEntry(endpoint: ChatEndpoint): string {
  return mark + endpoint;
}

/** The endpoint that such an entry names; undefined for any other entry. */
export function endpointOfEntry(entry: string): ChatEndpoint | undefined {
  return chatEndpoints.find((endpoint) => entry === mark + endpoint);
}

/** The endpoint that a model needs, among what Parley learned about it. The newest entry counts. */
export function learnedEndpoint(entries: Iterable<string>): ChatEndpoint | undefined {
  let learned: ChatEndpoint | undefined;
  for (const entry of entries) learned = endpointOfEntry(entry) ?? learned;
  return learned;
}
