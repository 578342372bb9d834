import { createChatClient } from '../../../../src/gateway/httpChatClient';
import { modelId, question, type OpenContestant } from './contestant';

/** Looks like one: it is looked for in answers, as people's are. */
const key = 'sk-bench0Zk3ab9ffQQx81Lw7KdPb2Rv5Tn';

/** Parley's own client, as the extension uses it. */
export const open: OpenContestant = (baseUrl) => {
  const ignore = (): void => undefined;
  const client = createChatClient({
    keys: { read: () => Promise.resolve(key) },
    log: { info: ignore, warn: ignore, error: ignore },
  });
  return {
    async ask(onText) {
      const stream = client.ask({
        gateway: {
          id: 'bench',
          name: 'Bench',
          baseUrl,
          auth: 'bearer',
          headers: {},
          models: [],
          extraBody: {},
        },
        modelId,
        messages: [{ role: 'user', content: question }],
        parameters: {},
        timeouts: { connect: 30, firstToken: 30, idle: 30 },
      });
      for await (const batch of stream) {
        for (const part of batch) {
          if (part.kind === 'text') onText(part.text);
          else if (part.kind === 'ended' && part.ending.outcome !== 'completed') {
            throw new Error(`The answer ended otherwise: ${JSON.stringify(part.ending)}`);
          }
        }
      }
    },
    preload: () => client.preload(),
    close: () => client.dispose(),
  };
};
