import { deepEqual, equal } from 'node:assert/strict';
import { chooseChatModel } from '../../../src/core/models/chooseChatModel';
import { readModelList } from '../../../src/gateway/endpoints/readModelList';
import { findLocalServers, gatewayPresets } from '../../../src/gateway/setup/gatewayPresets';
import { RawServer } from '../../support/rawServer';
import { ProfileServer, type ProfileServerState } from '../../support/serverProfiles/profileServer';
import { serverProfiles } from '../../support/serverProfiles/serverProfiles';
import { patient, TestClient } from './asking';
import { reply } from './replies';

describe('Local servers', () => {
  const stops: (() => Promise<void>)[] = [];
  let client: TestClient;

  beforeEach(() => {
    client = new TestClient();
  });
  afterEach(async () => {
    await client.client.dispose();
    for (const stop of stops.splice(0)) await stop();
  });

  /** The servers that are found if one preset has this address and nothing listens at the others. */
  async function stateAt(baseUrl: string): Promise<string | undefined> {
    const dead = await RawServer.start(() => undefined);
    const elsewhere = dead.baseUrl;
    await dead.stop();
    const presets = gatewayPresets.map((preset) => ({
      ...preset,
      baseUrl: preset.id === 'llamacpp' ? baseUrl : elsewhere,
    }));
    return (await findLocalServers(client.client, patient, presets))[0]?.state;
  }

  for (const profile of serverProfiles) {
    const start = async (state: Partial<ProfileServerState>): Promise<ProfileServer> => {
      const server = await ProfileServer.start(profile, state);
      stops.push(() => server.stop());
      return server;
    };

    it(`that run are found: ${profile.name}`, async () => {
      equal(await stateAt((await start({})).baseUrl), 'running');
    });

    it(`that run without a model are found: ${profile.name}`, async () => {
      equal(await stateAt((await start({ hasModels: false })).baseUrl), 'running');
    });

    it(`that require a key are found: ${profile.name}`, async () => {
      const expected = profile.listIsPublic.behaviour ? 'running' : 'locked';
      equal(await stateAt((await start({ key: 'sk-other' })).baseUrl), expected);
    });

    const { behaviour: loading } = profile.loading;
    if (typeof loading === 'object')
      it(`that load their model are found: ${profile.name}`, async () => {
        equal(await stateAt((await start({ loading: true })).baseUrl), 'loading');
      });
  }

  const unavailable: Record<string, string> = {
    '{"error":{"message":"Loading model","type":"unavailable_error","code":503}}': 'loading',
    '{"error":"Model is loading, please wait"}': 'loading',
    '{"detail":"The server is starting up"}': 'loading',
    'Model warming up': 'loading',
    '<html><title>503 Service Unavailable</title></html>': 'undefined',
    '': 'undefined',
  };
  for (const [body, state] of Object.entries(unavailable)) {
    it(`that answer 503 with ${JSON.stringify(body)} are ${state}`, async () => {
      const server = await RawServer.start(async (exchange) => {
        await exchange.write(reply(body, { status: '503 Unavailable' }));
        exchange.end();
      });
      stops.push(() => server.stop());
      equal(String(await stateAt(server.baseUrl)), state);
    });
  }

  it('are not found if a web page is at their address', async () => {
    const server = await RawServer.start(async (exchange) => {
      await exchange.write(reply('<!doctype html><title>My app</title>'));
      exchange.end();
    });
    stops.push(() => server.stop());
    equal(await stateAt(server.baseUrl), undefined);
  });

  it('report which models are loaded, and one of these is selected first', () => {
    const models = readModelList({
      data: [
        { id: 'gpt-4o', status: { value: 'unloaded' } },
        { id: 'other', status: { value: 'loaded' } },
        { id: 'text-embedding', status: { value: 'loaded' } },
        { id: 'third', status: { value: 'loading' } },
        { id: 'fourth', status: 'ready' },
      ],
    });
    deepEqual(models, [
      { id: 'gpt-4o', loaded: false },
      { id: 'other', loaded: true },
      { id: 'text-embedding', loaded: true },
      { id: 'third' },
      { id: 'fourth' },
    ]);
    equal(chooseChatModel(models, undefined)?.id, 'other');
    equal(chooseChatModel(models, 'gpt-4o')?.id, 'gpt-4o');
  });
});
