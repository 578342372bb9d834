import { equal, match, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { failureOfReplyError, failureOfStatus, type Call } from '../../../../src/gateway/failures/failureOf';
import { findReplyError, readErrorBody } from '../../../../src/gateway/failures/findReplyError';
import { failureKinds, type Failure } from '../../../../src/shared/failure/failure';
import { gatewayWith } from '../asking';
import { accessWordings } from '../refusals/accessWordings';
import { falseFriends } from '../refusals/falseFriends';
import { limitWordings } from '../refusals/limitWordings';
import { moneyWordings } from '../refusals/moneyWordings';
import { placeWordings } from '../refusals/placeWordings';
import { requestWordings } from '../refusals/requestWordings';
import type { Wording } from '../refusals/wording';

const wordings = {
  ...limitWordings,
  ...moneyWordings,
  ...accessWordings,
  ...placeWordings,
  ...requestWordings,
};

const call: Call = {
  gateway: gatewayWith({}),
  modelId: 'some-model',
  url: 'http://127.0.0.1:9/v1/chat/completions',
  secrets: [],
};

function bodyOf(body: unknown): string {
  if (typeof body !== 'string') return JSON.stringify(body);
  return body === '' || body.startsWith('<') ? body : JSON.stringify({ error: { message: body } });
}

/** The failure of a reply with this status. 200 means an error inside a reply that began well. */
function failureOf([status, body]: Wording | readonly [...Wording, unknown], text = bodyOf(body)): Failure {
  const head = { status, headers: {} };
  const error = readErrorBody(text);
  if (status === 200 && error !== undefined) return failureOfReplyError(call, error, head);
  return failureOfStatus(call, head, text, 0);
}

const nameOf = ([status, body]: readonly [number, unknown, ...unknown[]]): string =>
  `${status} ${typeof body === 'string' ? body : JSON.stringify(body)}`;

describe('A refusal', () => {
  for (const kind of failureKinds) {
    for (const wording of wordings[kind] ?? []) {
      it(`means ${kind}: ${nameOf(wording)}`, () => {
        equal(failureOf(wording).kind, kind);
      });
    }
  }

  for (const wording of falseFriends) {
    it(`means ${wording[2]} although its words resemble another kind: ${nameOf(wording)}`, () => {
      equal(failureOf(wording).kind, wording[2]);
    });
  }

  it('means the same as plain text, as a stream of events, and as JSON in strings', () => {
    for (const kind of failureKinds) {
      for (const [status, body] of wordings[kind] ?? []) {
        if (typeof body !== 'string' || body === '' || body.startsWith('<') || status === 200) continue;
        const error = JSON.stringify({ error: { message: body } });
        const packings = [
          body,
          `event: error\ndata: ${error}\n\n`,
          JSON.stringify({ detail: error }),
          JSON.stringify({ error: { message: `upstream: ${error}`, type: 'upstream_error' } }),
          JSON.stringify({ errors: [{ detail: [{ msg: body }] }] }),
          JSON.stringify([{ error: { error: { message: { text: body } } } }]),
        ];
        for (const packing of packings) equal(failureOf([status, body], packing).kind, kind, packing);
      }
    }
  });

  it('shows a readable message from any field', () => {
    const place = {
      loc: ['body', 'messages', 0, 'user', 'name'],
      msg: 'Extra inputs are not permitted',
      type: 'x',
    };
    const mistral = { object: 'error', message: { detail: [place] }, type: 'invalid_request_error' };
    equal(failureOf([422, mistral]).detail, 'body.messages.0.user.name: Extra inputs are not permitted');
    match(
      failureOf([400, { message: { max_tokens: ['At most 4096.'] } }]).detail ?? '',
      /max_tokens: At most 4096\./,
    );
    equal(failureOf([400, { error: { message: { text: 'the words' } } }]).detail, 'text: the words');
    equal(failureOf([400, { error: { message: [{ msg: 'one' }, { msg: 'two' }] } }]).detail, 'one; two');
    equal(failureOf([400, { error: { message: '{"error":{"message":"inner"}}' } }]).detail, 'inner');
    equal(
      failureOf([
        500,
        { error: { message: 'Provider error', metadata: { raw: '{"error":{"message":"why"}}' } } },
      ]).detail,
      'Provider error: why',
    );
  });

  it('shows the body if it has no message', () => {
    equal(failureOf([400, { error: { code: 'x-1' } }]).detail, '{"error":{"code":"x-1"}}');
    equal(failureOf([400, { reason: 7 }]).detail, '{"reason":7}');
    equal(failureOf([500, ''], '[]').detail, '[]');
  });

  it('is found in a reply with status 200 in any error field, but not in a keep-alive', () => {
    const errors = [
      { error: { message: 'no' } },
      { error: 'no' },
      { code: 1, msg: 'no' },
      { success: false, message: 'no' },
      { errno: 1, errmsg: 'no' },
      { Response: { Error: { Code: 'AuthFailure', Message: 'no' } } },
      { detail: [{ loc: ['body'], msg: 'no' }] },
      { base_resp: { status_code: 1008, status_msg: 'no' } },
    ];
    for (const value of errors) match(findReplyError(value)?.message ?? '', /no$/, JSON.stringify(value));
    const others = [
      { status: 'processing request' },
      { response: 'Hello', done: false },
      { reason: 'stop' },
      { code: 0, message: 'success' },
      { choices: [{ delta: { content: 'Hi' } }], message: 'Hi' },
      { data: [{ id: 'a' }], message: 'ok' },
      { type: 'ping' },
      { error: null, choices: [] },
      { description: 'A model' },
    ];
    for (const value of others) equal(findReplyError(value), undefined, JSON.stringify(value));
  });

  it('always gets a kind, for any status and body', () => {
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((value) => JSON.stringify({ error: value })),
      fc.json().map((value) => `data: ${value}\n\n`),
    );
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), body, (status, text) => {
        const failure = failureOf([status, ''], text);
        ok(failureKinds.includes(failure.kind));
        ok((failure.detail ?? '').length <= 2_000);
      }),
    );
  });

  it('is not classified by a word that only names a thing', () => {
    const nouns = [
      'balance',
      'key',
      'token',
      'context',
      'quota',
      'model',
      'credit',
      'filter',
      'policy',
      'region',
    ];
    const fillers = ['the', 'of', 'a', 'value', 'field', 'is', 'number', 'for', 'each', 'list'];
    const words = fc
      .array(fc.constantFrom(...nouns, ...fillers), { maxLength: 12 })
      .map((list) => list.join(' '));
    fc.assert(
      fc.property(words, fc.constantFrom(400, 500), (text, status) => {
        equal(failureOf([status, text]).kind, status === 400 ? 'bad-request' : 'server-error');
      }),
    );
  });
});
