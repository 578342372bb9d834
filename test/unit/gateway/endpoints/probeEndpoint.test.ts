import { equal, ok } from 'node:assert/strict';
import { endpointNames, endpointProbes } from '../../../../src/core/gatewayCheck/endpointProbes';
import type { ProbeReply } from '../../../../src/core/ports/endpointProber';
import { RawServer } from '../../../support/rawServer';
import { canaryKey, gatewayWith, patient, TestClient } from '../asking';
import { reply } from '../replies';

describe('A probe of an endpoint', () => {
  const client = new TestClient();
  let server: RawServer | undefined;

  afterEach(async () => {
    await server?.stop();
  });

  after(async () => {
    await client.client.dispose();
  });

  async function serve(bytes: Uint8Array | undefined): Promise<void> {
    server = await RawServer.start(async (exchange) => {
      if (bytes === undefined) exchange.reset();
      else {
        await exchange.write(bytes);
        exchange.end();
      }
    });
  }

  const probe = async (name: (typeof endpointNames)[number]): Promise<ProbeReply> =>
    await client.client.probe(gatewayWith({ baseUrl: server?.baseUrl ?? '' }), endpointProbes[name], patient);

  it('contains nothing that a gateway could bill: no model, no prompt, no file, and no JSON', async () => {
    await serve(reply('{}', { status: '400 No', headers: ['Content-Type: application/json'] }));
    for (const name of endpointNames) await probe(name);
    const requests = server?.requests ?? [];
    equal(requests.length, endpointNames.length);
    for (const { head, body } of requests) {
      equal(body, head.startsWith('GET') ? '' : '{');
      ok(head.includes(`Bearer ${canaryKey}`));
      ok(head.indexOf(canaryKey) > head.indexOf('\r\n'));
    }
    const paths = requests.map(({ head }) => head.split(' ').slice(0, 2).join(' '));
    ok(paths.includes('POST /mj/submit/imagine') && paths.includes('GET /suno/fetch/parley-check'));
    ok(paths.includes('POST /v1/images/generations'));
  });

  it('is sent once and tells the reply without the key', async () => {
    const text = JSON.stringify({ error: { message: `Bad body for ${canaryKey}` } });
    await serve(reply(text, { status: '400 No', headers: ['Content-Type: application/json'] }));
    const result = await probe('images');
    ok(!JSON.stringify(result).includes(JSON.stringify(canaryKey).slice(1, -1)));
    ok(result.kind === 'reply' && result.status === 400);
    equal(result.failure?.kind, 'bad-request');
    equal(server?.requests.length, 1);
  });

  it('is sent once if the connection breaks', async () => {
    await serve(undefined);
    equal((await probe('speech')).kind, 'failed');
    equal(server?.requests.length, 1);
  });
});
