import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { modelId, question, type OpenContestant } from './contestant';

/** `@ai-sdk/openai-compatible` alone: the AI SDK's provider without what stands above it. */
export const open: OpenContestant = (baseURL) => {
  const model = createOpenAICompatible({ name: 'bench', baseURL, apiKey: 'key' })(modelId);
  return {
    async ask(onText, signal) {
      const { stream } = await model.doStream({
        prompt: [{ role: 'user', content: [{ type: 'text', text: question }] }],
        abortSignal: signal,
      });
      const reader = stream.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        if (value.type === 'text-delta') onText(value.delta);
        else if (value.type === 'error') throw new Error('The stream failed.', { cause: value.error });
      }
    },
    close: () => Promise.resolve(),
  };
};
