// Manners of writing the messages of a request that some gateways refuse. Their names are remembered (see `QuirkMemory`) and
// stay as they are; all have a blank, which no field of a request has, but `reasoning_content`.

/** A message whose content is an array of parts; pictures need one. */
export const arrayContent = 'array content';
/** Pictures of earlier messages of which one cannot be read. Says nothing about the model, so it is never remembered. */
export const unreadablePictures = 'unreadable pictures';
/** A message with the role `system`. */
export const systemRole = 'system role';
/** The field `reasoning_content` in an answer of the history. */
export const reasoningContent = 'reasoning_content';
/** An answer of the history without its `reasoning_content`. */
export const missingReasoning = 'missing reasoning_content';
/** Neighbours of one role, a first message that is not the user's, or a last one that is not. */
export const roleOrder = 'role order';
/** Calls of tools and their results in the history. */
export const toolMessages = 'tool messages';
/** Content that is null beside tool calls. */
export const nullContent = 'null content';
/** The special tokens of gpt-oss in the text of a message. */
export const channelMarks = 'channel marks';

/** What one tool of several is called as a part of a request. */
export function toolPart(name: string): string {
  return `tool ${name}`;
}

/** True when an answer lacks something because the part was left out; the others only change how the same is said. */
export function leavesSomethingOut(part: string): boolean {
  return ![missingReasoning, roleOrder, nullContent, channelMarks].includes(part);
}
