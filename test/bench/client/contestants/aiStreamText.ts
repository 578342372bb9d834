import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { streamText } from 'ai';
import { modelId, question, type OpenContestant } from './contestant';

/** `streamText` of the `ai` package over `@ai-sdk/openai-compatible`, as its documentation shows it. */
export const open: OpenContestant = (baseURL) => {
  const model = createOpenAICompatible({ name: 'bench', baseURL, apiKey: 'key' })(modelId);
  return {
    async ask(onText, signal) {
      const { textStream } = streamText({ model, prompt: question, abortSignal: signal });
      for await (const text of textStream) onText(text);
    },
    close: () => Promise.resolve(),
  };
};
