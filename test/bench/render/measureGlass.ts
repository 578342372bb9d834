import { Session } from '../../../src/core/conversation/session';
import { ViewSync } from '../../../src/host/panel/viewSync';
import { emptyConversation } from '../../../src/shared/conversation/conversation';
import { packToViewMessage } from '../../../src/shared/messages/readToViewMessage';
import type { ToViewMessage } from '../../../src/shared/messages/toView';
import { demoTarget, memoryPorts } from '../../support/corePorts';
import { figureOf } from '../figure';
import type { Figure } from '../figure';
import { medianOf } from '../quantile';
import { answerOf } from './answer';

const rounds = 5;
/** How long a round takes, in milliseconds. */
const roundTime = 600;
/** Tokens in a second: a usual model, a quick one, and one that waits for nobody. */
const paces = [100, 1000, 5000];
const tokenLength = 4;

/** Bytes that cross the glass for each character of an answer, beside one message for each token. */
export async function measureGlass(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const pace of paces) {
    const ours: number[] = [];
    const single: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const { bytes, singly, characters } = await bytesOf(pace);
      ours.push(bytes / characters);
      single.push(singly / characters);
    }
    const peers = { 'a message per token': medianOf(single) };
    figures.push(
      figureOf(`glass-${pace}-tokens-per-second`, 'bytes/char', medianOf(ours), {
        floor: 1,
        peers,
        goals: { times: { floor: 2 } },
      }),
    );
  }
  return figures;
}

async function bytesOf(
  pace: number,
): Promise<{ readonly bytes: number; readonly singly: number; readonly characters: number }> {
  const ports = memoryPorts();
  const session = new Session(emptyConversation(crypto.randomUUID(), Date.now()), {
    ...ports,
    newId: () => crypto.randomUUID(),
    now: Date.now,
  });
  let bytes = 0;
  let singly = 0;
  const sizeOf = (message: ToViewMessage): number =>
    Buffer.byteLength(JSON.stringify(packToViewMessage(message)));
  const sync = new ViewSync((message) => {
    if (message.type !== 'snapshot') bytes += sizeOf(message);
  }, performance.now.bind(performance));
  session.submit('Hello?', [], demoTarget);
  sync.show(session, {
    model: null,
    gateways: [],
    attachments: [],
    context: null,
    queue: [],
    comparison: [],
  });
  const text = answerOf((pace * roundTime * tokenLength) / 1000);
  session.events.on((events) => {
    singly += sizeOf({ type: 'events', body: { revision: 1000, events } });
  });
  const begin = performance.now();
  let sent = 0;
  while (sent < text.length) {
    const due = Math.min(text.length, Math.floor(((performance.now() - begin) * pace) / 1000) * tokenLength);
    for (; sent < due; sent += tokenLength) {
      ports.client.last.send({ kind: 'text', text: text.slice(sent, sent + tokenLength) });
      await new Promise(setImmediate);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  sync.dispose();
  return { bytes, singly, characters: text.length };
}
