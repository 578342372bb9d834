/**
 * Measures the processor time of the main thread for each chunk of a streamed answer: of JSON.parse
 * alone (the floor), of Parley's client, and of its peers. All take turns, so that whatever else
 * the machine does meets all of them. Sends its figures to the parent process.
 * Arguments: the top of the checkout, the bundle of `serveChunks`.
 */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { createChatClient } from '../../../src/gateway/client';
import { figureOf, type Figure } from '../figure';
import { medianOf } from '../quantile';
import { chunkKinds, chunksOf, type ChunkKind } from './chunks';

/** What is used of the `openai` package, which is installed for the benchmarks only. */
interface OpenAIPackage {
  readonly OpenAI: new (options: { baseURL: string; apiKey: string }) => {
    readonly chat: {
      readonly completions: {
        create(body: object): Promise<AsyncIterable<OpenAIChunk>>;
      };
    };
  };
}

interface OpenAIChunk {
  readonly choices: readonly { readonly delta: { readonly content?: string | null } }[];
}

/** Reads a whole answer and gives its length in characters. */
type Contestant = () => number | Promise<number>;

const chunkCount = 20_000;
const rounds = 5;

async function main(folder: string, serverBundle: string): Promise<void> {
  const server = fork(serverBundle, [String(chunkCount), folder]);
  const port = await new Promise<number>((resolve, reject) => {
    server.once('message', (message) => {
      resolve(Number(message));
    });
    server.once('exit', (code) => {
      reject(new Error(`The server of chunks ended with code ${code ?? 'none'}.`));
    });
  });
  const figures: Figure[] = [];
  for (const kind of chunkKinds)
    figures.push(await measure(kind, folder, `http://127.0.0.1:${port}/${kind}/v1`));
  process.send?.(figures);
  server.disconnect();
}

async function measure(kind: ChunkKind, folder: string, baseUrl: string): Promise<Figure> {
  const chunks = chunksOf(kind, chunkCount, folder);
  const contestants: Record<string, Contestant> = {
    floor: () => parseAll(chunks),
    ours: () => askParley(baseUrl),
    openai: await openaiContestant(baseUrl, folder),
  };
  const expected = parseAll(chunks);
  const times: Record<string, number[]> = {};
  // The first two rounds warm the compiler up.
  for (let round = -2; round < rounds; round += 1) {
    for (const [name, contestant] of Object.entries(contestants)) {
      const before = process.threadCpuUsage();
      const length = await contestant();
      const { user, system } = process.threadCpuUsage(before);
      if (length !== expected) throw new Error(`${name} read ${length} characters of ${expected}.`);
      if (round >= 0) (times[name] ??= []).push((user + system) / chunkCount);
    }
  }
  const median = (name: string): number => medianOf(times[name] ?? []);
  return figureOf(`client: CPU per chunk, ${kind}`, 'µs', median('ours'), {
    floor: median('floor'),
    peers: { openai: median('openai') },
  });
}

function parseAll(chunks: readonly string[]): number {
  let length = 0;
  for (const chunk of chunks) {
    length += (JSON.parse(chunk) as OpenAIChunk).choices[0]?.delta.content?.length ?? 0;
  }
  return length;
}

async function askParley(baseUrl: string): Promise<number> {
  const ignore = (): void => undefined;
  const client = createChatClient({
    keys: { read: () => Promise.resolve('key') },
    log: { info: ignore, warn: ignore, error: ignore },
  });
  const stream = client.ask({
    gateway: { id: 'bench', name: 'Bench', baseUrl, auth: 'bearer', headers: {}, models: [], extraBody: {} },
    modelId: 'model',
    messages: [{ role: 'user', content: 'Hello?' }],
    parameters: {},
    timeouts: { connect: 30, firstToken: 30, idle: 30 },
  });
  let length = 0;
  for await (const batch of stream) {
    for (const part of batch) if (part.kind === 'text') length += part.text.length;
  }
  await client.dispose();
  return length;
}

async function openaiContestant(baseURL: string, folder: string): Promise<Contestant> {
  const require = createRequire(`${folder}/test/bench/package.json`);
  const { OpenAI } = (await import(require.resolve('openai'))) as OpenAIPackage;
  const client = new OpenAI({ baseURL, apiKey: 'key' });
  return async () => {
    const stream = await client.chat.completions.create({
      model: 'model',
      messages: [{ role: 'user', content: 'Hello?' }],
      stream: true,
    });
    let length = 0;
    for await (const chunk of stream) length += chunk.choices[0]?.delta.content?.length ?? 0;
    return length;
  };
}

void main(process.argv[2] ?? '.', process.argv[3] ?? '');
