import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import {
  endpointNames,
  endpointProbes,
  judgeEndpoint,
  kindsWithoutEndpoint,
  unknownEndpoints,
} from '../../../../src/core/gatewayCheck/endpointProbes';
import type { ProbeReply } from '../../../../src/core/ports/endpointProber';
import type { FailureKind } from '../../../../src/shared/failure/failure';

function replied(status: number, text: string, kind?: FailureKind): ProbeReply {
  return {
    kind: 'reply',
    status,
    text,
    failure: kind === undefined ? undefined : { kind, retryable: false },
  };
}

const message = (text: string, more: object = {}): string =>
  JSON.stringify({ error: { message: text, ...more } });
const lost: ProbeReply = { kind: 'failed', failure: { kind: 'connection-reset', retryable: true } };

/** How gateways answer an unknown path. */
const unknown = {
  newApi: replied(
    404,
    message('Invalid URL (POST /v1/parley-check/unknown) (request id: 2026113010)'),
    'no-such-endpoint',
  ),
  fastApi: replied(404, '{"detail":"Not Found"}', 'not-found'),
  express: replied(400, message('Unexpected end of JSON input'), 'bad-request'),
  needsKey: replied(401, message('Invalid token (request id: 1)'), 'unauthorized'),
  website: replied(200, '<!doctype html><title>Welcome</title>'),
  silent: lost,
} satisfies Readonly<Record<string, ProbeReply>>;

describe('The endpoints of a gateway', () => {
  for (const [reply, other, state] of [
    [replied(400, message('Invalid JSON body'), 'bad-request'), 'newApi', 'exists'],
    [replied(400, '{"code":4,"description":"bind_request_body_failed"}', 'bad-request'), 'newApi', 'exists'],
    [replied(422, '{"detail":[{"type":"json_invalid"}]}', 'bad-request'), 'fastApi', 'exists'],
    [replied(415, '{"detail":"Unsupported Media Type"}', 'bad-request'), 'fastApi', 'exists'],
    [replied(500, message('invalid character'), 'http-error'), 'newApi', 'exists'],
    [replied(404, message('The model `` does not exist'), 'not-found'), 'newApi', 'exists'],
    [replied(404, '{"message":"task not found"}', 'not-found'), 'newApi', 'exists'],
    [replied(200, '{"code":"error","message":"task_not_exist"}'), 'newApi', 'exists'],
    [
      replied(404, message('Invalid URL (POST /v1/rerank) (request id: 2026999)'), 'no-such-endpoint'),
      'newApi',
      'missing',
    ],
    [replied(404, '{"detail":"Not Found"}', 'not-found'), 'fastApi', 'missing'],
    [replied(404, message('Invalid URL (GET /v1/tasks/parley-check)'), 'not-found'), 'newApi', 'missing'],
    [replied(405, '{"detail":"Method Not Allowed"}', 'bad-request'), 'fastApi', 'missing'],
    [
      replied(501, message('api not implemented', { code: 'api_not_implemented' }), 'http-error'),
      'newApi',
      'missing',
    ],
    [replied(200, '<html><body>Sign in</body></html>'), 'newApi', 'missing'],
    [replied(400, message('Unexpected end of JSON input'), 'bad-request'), 'express', 'unclear'],
    [replied(401, message('Invalid token (request id: 2)'), 'unauthorized'), 'needsKey', 'unclear'],
    [replied(403, message('No permission'), 'forbidden'), 'newApi', 'unclear'],
    [replied(429, message('Too many requests'), 'rate-limited'), 'newApi', 'unclear'],
    [replied(502, '<html>Bad gateway</html>', 'http-error'), 'newApi', 'unclear'],
    [replied(200, '<!doctype html><title>Welcome</title>'), 'website', 'unclear'],
    [replied(400, message('Invalid JSON body'), 'bad-request'), 'silent', 'unclear'],
    [lost, 'newApi', 'unclear'],
  ] as const)
    it(`says ${state} for ${reply.kind === 'reply' ? `${reply.status} ${reply.text.slice(0, 60)}` : 'no reply'} beside ${other}`, () => {
      equal(judgeEndpoint(reply, unknown[other]), state);
    });

  it('are never called missing or existing if a gateway answers every path the same, other than 404', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.string(), (status, text) => {
        if (status === 404 || status === 405 || status === 501) return;
        equal(judgeEndpoint(replied(status, text), replied(status, text)), 'unclear');
      }),
    );
  });

  it('are asked at their own paths, and each has an unknown path beside it', () => {
    const places = endpointNames.map((name) => Object.values(endpointProbes[name]).join(' '));
    equal(new Set(places).size, places.length);
    for (const name of endpointNames) {
      const { method, at } = endpointProbes[name];
      ok(unknownEndpoints.some((other) => other.method === method && other.at === at));
    }
  });

  it('are asked for music by the status of a task, because New API checks no prompt there', () => {
    equal(endpointProbes.music.method, 'GET');
  });

  it('hide a kind of model only if every endpoint for it is missing', () => {
    deepEqual([...kindsWithoutEndpoint(new Set(['videos']))], []);
    deepEqual(
      [...kindsWithoutEndpoint(new Set(['videos', 'video-generations', 'images']))],
      ['image', 'video'],
    );
    deepEqual([...kindsWithoutEndpoint(new Set(['chat', 'responses', 'messages']))], []);
  });
});
