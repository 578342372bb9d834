import type { KeptReasoning } from '../../shared/answer/keptReasoning';
import type { ToolCall } from '../../shared/answer/toolCall';

/**
 * A part of a user message. Messages have parts only if there is a picture, because some gateways refuse arrays. Pictures before
 * the text come from earlier answers and may be left out; pictures after it are attachments, which the user asks about.
 */
export type PromptPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

/** One message of a request. */
export type PromptMessage =
  | { readonly role: 'system'; readonly content: string }
  | { readonly role: 'user'; readonly content: string | readonly PromptPart[] }
  | {
      readonly role: 'assistant';
      readonly content: string;
      /** Sent as `reasoning_content`, to models that need it. */
      readonly reasoning?: string;
      /** Reasoning that the model probably does not need. Sent only after its gateway has demanded it. */
      readonly unsentReasoning?: string;
      readonly toolCalls?: readonly ToolCall[];
      /** Reasoning that the same model demands back with the results of the calls. Sent only to the endpoint that it came from. */
      readonly keptReasoning?: KeptReasoning;
    }
  | { readonly role: 'tool'; readonly content: string; readonly callId: string };
