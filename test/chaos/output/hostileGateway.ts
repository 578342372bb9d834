import { RawServer, type RawExchange } from '../../support/rawServer';
import type { HostileInput } from './hostileInputs';
import { createRandom } from './random';

interface AskedBody {
  readonly messages: readonly { readonly content: unknown }[];
}

/** What a gateway is told to say to one prompt: a pack of hostile texts after each other. */
export interface Pack {
  readonly id: number;
  readonly inputs: readonly HostileInput[];
}

/** The prompt that asks for a pack. */
export function promptFor({ id }: Pack): string {
  return `Say pack ${String(id)}.`;
}

/** A gateway whose answers are hostile in every field: words, thoughts, tool calls, pictures, probabilities, failures, names. */
export class HostileGateway {
  private readonly packs = new Map<number, Pack>();

  private constructor(private readonly start: () => RawServer) {}

  static async start(): Promise<HostileGateway> {
    const gateway: HostileGateway = new HostileGateway(() => server);
    const server = await RawServer.start((exchange) => gateway.answer(exchange));
    return gateway;
  }

  get baseUrl(): string {
    return this.start().baseUrl;
  }

  /** Makes a pack known. */
  offer(pack: Pack): void {
    this.packs.set(pack.id, pack);
  }

  async stop(): Promise<void> {
    await this.start().stop();
  }

  private async answer(exchange: RawExchange): Promise<void> {
    if (exchange.head.startsWith('GET')) {
      await exchange.write('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{"data":[]}');
      exchange.end();
      return;
    }
    const prompt = JSON.stringify((JSON.parse(exchange.body) as AskedBody).messages.at(-1)?.content);
    const pack = this.packs.get(Number(/Say pack (\d+)\./.exec(prompt)?.[1]));
    await exchange.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n');
    if (pack !== undefined) {
      const random = createRandom(pack.id);
      for (const choice of choicesOf(pack)) {
        await exchange.write(`data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`);
        // Some come together, some in frames of their own.
        if (random.number(6) === 0) await new Promise((resolve) => setTimeout(resolve, 4));
      }
      await exchange.write(endOf(pack));
    }
    exchange.end();
  }
}

type Choice = Readonly<Record<string, unknown>>;

/** The streams of a pack, one piece of one sort after a piece of another. */
function choicesOf({ id, inputs }: Pack): Choice[] {
  const random = createRandom(id + 1);
  const text = inputs.map((input) => input.text).join('\n\n');
  const choices: Choice[] = [];
  const thoughts = text.slice(0, 4_000).match(/[^]{1,97}/g) ?? [];
  choices.push(...thoughts.map((piece) => ({ delta: { reasoning_content: piece } })));
  for (let start = 0; start < text.length;) {
    const length = Math.max(Math.ceil(text.length / 400), 1 + random.number(40));
    const piece = text.slice(start, start + length);
    start += length;
    const logprob = { token: piece, logprob: -1, top_logprobs: [{ token: piece, logprob: 1 }] };
    choices.push({ delta: { content: piece }, logprobs: { content: [logprob] } });
  }
  for (const [index, input] of inputs.entries()) {
    choices.push({ delta: { images: [{ type: 'image_url', image_url: { url: input.address } }] } });
    const call = {
      name: input.text.slice(0, 200),
      arguments: JSON.stringify({ x: input.text.slice(0, 500) }),
    };
    choices.push({ delta: { tool_calls: [{ index, id: input.text.slice(0, 90), function: call }] } });
  }
  return choices;
}

/** Every third pack ends with a failure in the gateway's own, hostile words. */
function endOf({ id, inputs }: Pack): string {
  if (id % 3 !== 0)
    return 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
  const message = inputs.map(({ text }) => text.slice(0, 300)).join(' ');
  return `data: ${JSON.stringify({ error: { message, code: message.slice(0, 50), type: message.slice(50, 90) } })}\n\n`;
}
