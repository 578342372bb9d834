import type { ToolCall } from '../../shared/answer/toolCall';

/**
 * A part of a user's message; parts are sent only when there is a picture, since some gateways refuse arrays. Pictures before
 * the words come from the history and may be left out; those after the words are what the user asks about.
 */
export type PromptPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

/** One message on the wire. */
export type PromptMessage =
  | { readonly role: 'system'; readonly content: string }
  | { readonly role: 'user'; readonly content: string | readonly PromptPart[] }
  | {
      readonly role: 'assistant';
      readonly content: string;
      /** Sent back only to models that want it, as `reasoning_content`. */
      readonly reasoning?: string;
      /** What it thought and the model is not expected to want; sent when its gateway turns out to demand it. */
      readonly unsentReasoning?: string;
      readonly toolCalls?: readonly ToolCall[];
    }
  | { readonly role: 'tool'; readonly content: string; readonly callId: string };
