import OpenAI from 'openai';
import { modelId, question, textOf, type OpenContestant } from './contestant';

/** The `openai` package, as its documentation shows it. */
export const open: OpenContestant = (baseURL) => {
  const client = new OpenAI({ baseURL, apiKey: 'key' });
  return {
    async ask(onText, signal) {
      const stream = await client.chat.completions.create(
        { model: modelId, messages: [{ role: 'user', content: question }], stream: true },
        { signal },
      );
      for await (const chunk of stream) onText(textOf(chunk));
    },
    // It asks by Node's own `fetch`, whose sockets nobody can close.
    close: () => Promise.resolve(),
  };
};
