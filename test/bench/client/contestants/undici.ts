import { createParser } from 'eventsource-parser';
import { Agent } from 'undici';
import { requestBody, textOf, type AnswerChunk, type OpenContestant } from './contestant';

/** undici at its barest (`dispatch`) with eventsource-parser: what remains of a client that tolerates nothing. */
export const open: OpenContestant = (baseUrl) => {
  const { origin, pathname } = new URL(baseUrl);
  const agent = new Agent();
  return {
    ask: (onText) =>
      new Promise((resolve, reject) => {
        const decoder = new TextDecoder();
        const parser = createParser({
          onEvent: ({ data }) => {
            if (data !== '[DONE]') onText(textOf(JSON.parse(data) as AnswerChunk));
          },
        });
        const headers = { authorization: 'Bearer key', 'content-type': 'application/json' };
        agent.dispatch(
          { origin, path: `${pathname}/chat/completions`, method: 'POST', headers, body: requestBody },
          {
            onRequestStart: () => undefined,
            onResponseStart: () => undefined,
            onResponseData: (_, bytes) => {
              parser.feed(decoder.decode(bytes, { stream: true }));
            },
            onResponseEnd: () => {
              resolve();
            },
            onResponseError: (_, error) => {
              reject(error);
            },
          },
        );
      }),
    close: () => agent.destroy(),
  };
};
