import { ok } from 'node:assert/strict';
import type { Gateway } from '../../../src/core/models/gateway';
import type { ChatRequest } from '../../../src/core/ports/chatClient';
import type { GenerationRequest } from '../../../src/core/ports/generationClient';
import { gatewayFromPreset, gatewayPresets } from '../../../src/gateway/setup/gatewayPresets';
import type { PresetId } from '../../../src/gateway/setup/presetIds';
import { RawServer } from '../../support/rawServer';
import type { Generation } from '../../../src/shared/answer/generation';
import { collect, patient, summary, TestClient, type Answer } from './asking';
import { GeneratingPlace, json, lineOf, mediaOf, pictureRequest } from './endpoints/generation/generating';
import { mergeParts, type ReadChoice } from './readReply';
import { reply } from './replies';

/** A question as the server received it, and its answer. */
export interface Asked extends Answer {
  /** `POST … HTTP/1.1` and the headers. */
  readonly head: string;
  readonly sent: Readonly<Record<string, unknown>>;
  readonly choices: Readonly<Record<number, ReadChoice>>;
}

/** What was made, and the requests for it. */
interface Made {
  readonly ending: string;
  /** `POST /v1/images/generations` … */
  readonly requests: readonly string[];
  /** The body of the first request. */
  readonly sent: string;
  /** The number of pictures, videos or sounds. */
  readonly media: number;
}

const asJson = ['Content-Type: application/json'];

/** The preset with this id. */
export function presetOf(id: PresetId): (typeof gatewayPresets)[number] {
  const preset = gatewayPresets.find((candidate) => candidate.id === id);
  ok(preset);
  return preset;
}

/** Makes pictures, video or music: of this kind, or with a request that differs from the default in these fields. */
type Make = (
  what: Generation['kind'] | Partial<GenerationRequest>,
  ...replies: readonly object[]
) => Promise<Made>;

/**
 * Calls another endpoint of the gateway, which sends `body`: an object as JSON, bytes as they are, or the
 * page at each path.
 *
 * @returns What the call returned, and the line and the body of the request.
 */
type Use = <Result>(
  body: object | { readonly pageAt: (path: string) => object },
  call: (client: TestClient['client'], gateway: Gateway) => Promise<Result>,
) => Promise<{ readonly result: Result; readonly line: string; readonly sent: string }>;

/** Describes the tests of one gateway, with a local server in its place. */
export function describeGateway(
  name: string,
  id: PresetId,
  tests: (
    ask: (answer: object | string, request?: Partial<Omit<ChatRequest, 'gateway'>>) => Promise<Asked>,
    list: (answer: object) => Promise<readonly string[]>,
    make: Make,
    use: Use,
  ) => void,
): void {
  describe(name, () => {
    let server: RawServer;
    let client: TestClient;
    let answer: (path: string) => object | string = () => '';

    before(async () => {
      client = new TestClient();
      server = await RawServer.start(async (exchange) => {
        const given = answer(lineOf(exchange).split(' ')[1] ?? '');
        const isText = typeof given === 'string' || given instanceof Uint8Array;
        await exchange.write(isText ? reply(given) : reply(JSON.stringify(given), { headers: asJson }));
        exchange.end();
      });
    });
    after(async () => {
      await client.client.dispose();
      await server.stop();
    });

    tests(
      async (given, request = {}) => {
        answer = () => given;
        const gateway = gatewayFromPreset(presetOf(id), server.baseUrl);
        const received = await client.answer(gateway ?? {}, request);
        const last = server.requests.at(-1);
        const sent = JSON.parse(last?.body ?? '') as Asked['sent'];
        return { ...received, head: last?.head ?? '', sent, choices: mergeParts(received.parts) };
      },
      async (given) => {
        answer = () => given;
        const gateway = gatewayFromPreset(presetOf(id), server.baseUrl);
        ok(gateway);
        const { models } = await client.client.listModels(gateway, patient);
        return models.map((model) => model.id);
      },
      async (what, ...replies) => {
        const place = new GeneratingPlace();
        const maker = await place.serveReplies(...replies.map((value) => json(value)));
        const gateway = gatewayFromPreset(presetOf(id), maker.baseUrl);
        ok(gateway);
        const request = pictureRequest({
          gateway,
          ...(typeof what === 'string' ? { generation: { kind: what, settings: {} } } : what),
        });
        const made = await collect(place.client.client.generate(request));
        await place.close();
        return {
          ending: summary(made),
          requests: maker.requests.map(lineOf),
          sent: maker.requests[0]?.body ?? '',
          media: mediaOf(made).length,
        };
      },
      async (body, call) => {
        answer = 'pageAt' in body ? body.pageAt : () => body;
        const gateway = gatewayFromPreset(presetOf(id), server.baseUrl);
        ok(gateway);
        const result = await call(client.client, gateway);
        const request = server.requests.at(-1);
        return { result, line: request?.head.split(' HTTP/')[0] ?? '', sent: request?.body ?? '' };
      },
    );
  });
}
