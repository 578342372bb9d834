import { equal, match, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { failureOfStatus, type Call } from '../../../../src/gateway/failures/failureOf';
import { failureOfNetwork } from '../../../../src/gateway/failures/failureOfNetwork';
import { toDetail } from '../../../../src/gateway/secrets/redact';
import { readRetryAfter } from '../../../../src/gateway/failures/waitIn';
import type { Failure } from '../../../../src/shared/failure/failure';
import { canaryKey, gatewayWith } from '../asking';

const call: Call = {
  gateway: gatewayWith({}),
  modelId: 'some-model',
  url: 'http://127.0.0.1:9/v1/chat/completions',
  secrets: [canaryKey],
};
const now = Date.parse('2026-01-01T00:00:00Z');

function refuse(status: number, body: unknown = '', headers: Record<string, string> = {}): Failure {
  return failureOfStatus(
    call,
    { status, headers },
    typeof body === 'string' ? body : JSON.stringify(body),
    now,
  );
}

describe('A failure', () => {
  const kinds: Record<number, [kind: Failure['kind'], retryable: boolean]> = {
    400: ['bad-request', false],
    401: ['unauthorized', false],
    402: ['payment-required', false],
    403: ['forbidden', false],
    404: ['no-such-endpoint', false],
    405: ['no-such-endpoint', false],
    407: ['proxy-authentication-required', false],
    408: ['http-error', true],
    409: ['http-error', true],
    413: ['request-too-large', false],
    418: ['http-error', false],
    422: ['bad-request', false],
    429: ['rate-limited', true],
    500: ['server-error', true],
    503: ['server-error', true],
    529: ['server-error', true],
  };
  for (const [status, [kind, retryable]] of Object.entries(kinds)) {
    it(`of HTTP ${status} is ${kind} and ${retryable ? 'retryable' : 'not retryable'}`, () => {
      const failure = refuse(Number(status));
      equal(failure.kind, kind);
      equal(failure.retryable, retryable);
      equal(failure.status, Number(status));
      equal(failure.gatewayName, 'Test Gateway');
      equal(failure.modelId, 'some-model');
    });
  }

  const codes: Record<string, [status: number, body: unknown, kind: Failure['kind']]> = {
    'a used-up balance behind 403': [403, { error: { code: 'insufficient_user_quota' } }, 'payment-required'],
    'a used-up balance behind 429': [429, { error: { type: 'insufficient_quota' } }, 'payment-required'],
    'a long prompt behind 400': [400, { error: { code: 'context_length_exceeded' } }, 'request-too-large'],
    'an unknown model behind 400': [400, { error: { code: 'model_not_found' } }, 'not-found'],
    'a web page behind 404': [404, '<html><title>nginx</title>', 'not-an-api'],
  };
  for (const [name, [status, body, kind]] of Object.entries(codes)) {
    it(`has the right kind for ${name}`, () => {
      equal(refuse(status, body).kind, kind);
    });
  }

  const bodies: unknown[] = [
    { error: { message: 'the words' } },
    { error: 'the words' },
    { error: { error: { message: 'the words' } } },
    { code: 500, message: 'the words' },
    { code: 500, msg: 'the words' },
    { detail: 'the words' },
    { detail: [{ loc: ['body'], msg: 'the words' }] },
    { errors: [{ message: 'the words' }] },
    [{ error: { message: 'the words' } }],
    { error: { message: 'Provider error', metadata: { raw: 'the words' } } },
    '<html><head><title>the words</title>',
    '<html><body><h1>the</h1> <p>words</p></body></html>',
    '<?xml version="1.0"?><Error><Message>the words</Message></Error>',
    'data: {"error":{"message":"the words"}}\n\n',
    '"the words"',
    'the words',
  ];
  for (const body of bodies) {
    it(`shows the gateway's message: ${JSON.stringify(body)}`, () => {
      match(refuse(500, body).detail ?? '', /the words$/);
    });
  }

  it('has the request id', () => {
    equal(refuse(500, '', { 'x-request-id': 'abc' }).requestId, 'abc');
    equal(refuse(500, { error: { message: 'no', request_id: 'def' } }).requestId, 'def');
  });

  it('reads Retry-After in seconds and as a date, and ignores invalid values', () => {
    const read = (header: string): number | undefined => readRetryAfter({ 'retry-after': header }, now);
    equal(read('7'), 7);
    equal(read('0.2'), 1);
    equal(read('Thu, 01 Jan 2026 00:01:00 GMT'), 60);
    equal(read('Thu, 01 Jan 2025 00:01:00 GMT'), 0);
    equal(read('-5'), undefined);
    equal(read('0'), 0);
    equal(read('soon'), undefined);
    equal(read('99999999999'), 86_400);
    equal(refuse(429, '', { 'retry-after': '7' }).seconds, 7);
    equal(refuse(429, '', { 'retry-after': '0' }).seconds, undefined);
  });

  it('reads any Retry-After as at most one day in whole seconds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String)), (header) => {
        const seconds = readRetryAfter({ 'retry-after': header }, now);
        ok(seconds === undefined || (Number.isInteger(seconds) && seconds >= 0 && seconds <= 86_400));
      }),
    );
  });

  const networkCodes: Record<string, [code: string, hasHead: boolean, kind: Failure['kind']]> = {
    'a refused connection': ['ECONNREFUSED', false, 'connection-refused'],
    'an unknown host': ['ENOTFOUND', false, 'name-not-resolved'],
    'a name server that does not answer': ['EAI_AGAIN', false, 'name-not-resolved'],
    'a reset before the answer': ['ECONNRESET', false, 'connection-reset'],
    'a reset within the answer': ['UND_ERR_SOCKET', true, 'stream-cut'],
    'a self-signed certificate': ['DEPTH_ZERO_SELF_SIGNED_CERT', false, 'certificate-rejected'],
    'a certificate of another host': ['ERR_TLS_CERT_ALTNAME_INVALID', false, 'certificate-rejected'],
    'an unknown authority': ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', false, 'certificate-rejected'],
    'a reply that is no HTTP': ['HPE_INVALID_CONSTANT', false, 'malformed-reply'],
    'a reply that stops being HTTP': ['HPE_INVALID_CHUNK_SIZE', true, 'stream-cut'],
    'a length that is none': ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', false, 'malformed-reply'],
    'a reply shorter than its length': ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', true, 'stream-cut'],
    'anything else': ['EHOSTUNREACH', false, 'connection-failed'],
  };
  for (const [name, [code, hasHead, kind]] of Object.entries(networkCodes)) {
    it(`has the right kind for ${name}, also as a cause and among several attempts`, () => {
      const error = Object.assign(new Error('boom'), { code });
      for (const dressed of [
        error,
        new Error('fetch failed', { cause: error }),
        new AggregateError([error]),
      ]) {
        equal(failureOfNetwork(call, dressed, hasHead).kind, kind);
      }
    });
  }
});

describe('A detail', () => {
  it('never contains the key and is never too long', () => {
    const form = fc.constantFrom(
      canaryKey,
      JSON.stringify(canaryKey),
      encodeURIComponent(canaryKey),
      Buffer.from(canaryKey).toString('base64'),
      `Bearer ${canaryKey}`,
    );
    const text = fc.array(fc.oneof(fc.string({ maxLength: 900 }), form), { maxLength: 6 });
    fc.assert(
      fc.property(text, (pieces) => {
        const detail = toDetail(pieces.join(' '), [canaryKey]);
        ok(detail.length <= 2_000);
        for (const secret of [
          'canary',
          '0123456789',
          Buffer.from(canaryKey).toString('base64').slice(0, 20),
        ]) {
          ok(!detail.includes(secret), detail);
        }
      }),
    );
  });

  it('contains no key with control characters in it and no key in lower case', () => {
    const key = 'Kx7-Canary-0123456789';
    equal(toDetail('no Kx7-Can\0ary-01\x1b23456789 here', [key]), 'no [redacted] here');
    equal(toDetail('https://kx7-canary-0123456789.evil.test/', [key]), 'https://[redacted].evil.test/');
  });

  it('contains no text that looks like an unknown key', () => {
    equal(toDetail('Wrong: sk-proj-abcdefghijkl', []), 'Wrong: [redacted]');
  });

  it('keeps ordinary words', () => {
    equal(toDetail('The task-force of sk-ill', ['']), 'The task-force of sk-ill');
  });
});
