import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { readWait, waitIn } from '../../../../src/gateway/failures/waitIn';

const asked: readonly (readonly [words: string, seconds: number])[] = [
  ['Rate limit reached. Please try again in 20s.', 20],
  ['Please try again in 1m30.5s. Visit the console to learn more.', 91],
  ['Please try again in 6m0s', 360],
  ['try again in 250ms', 1],
  ['Please retry in 43.206s.', 44],
  ['please retry after 30 seconds', 30],
  ['Retry after 12', 12],
  ['Try your request again in 2 minutes', 120],
  ['Please wait 5 seconds before the next request', 5],
  ['Too many requests; wait for 1 hour', 3_600],
  ['The limit resets in 2 hours 5 minutes', 7_500],
  ['available again in 3 days', 86_400],
  ['请在 20 秒后重试', 20],
  ['请求过快,请 1 分钟后再试', 60],
  ['请等待 30 秒', 30],
  ['請於 15 秒後重試', 15],
  ['30 秒後に再試行してください', 30],
  ['30초 후에 다시 시도하세요', 30],
  ['Повторите через 20 секунд', 20],
  ['Inténtelo de nuevo en 20 segundos', 20],
  ['Réessayez dans 20 secondes', 20],
  ['Bitte in 20 Sekunden erneut versuchen', 20],
  ['Riprova tra 20 secondi', 20],
  ['Tente novamente em 20 segundos', 20],
];

const notAsked: readonly string[] = [
  '',
  'Rate limit reached',
  'Please try again later',
  'The request timed out after 30 seconds',
  'The request took 20 seconds',
  'The upstream did not answer within 5 s',
  'The token expired 30 seconds ago',
  'I waited 30 s for the upstream',
  'Limit 20 requests per 60 seconds',
  'La solicitud caducó en 20 segundos',
  '模型在 20 秒内没有响应',
  'try again in a few moments',
  'retry the request with temperature 1',
];

describe('waitIn', () => {
  for (const [words, seconds] of asked) {
    it(`reads ${seconds} s in: ${words}`, () => {
      equal(waitIn(words), seconds);
    });
  }

  for (const words of notAsked) {
    it(`reads no wait in: ${words}`, () => {
      equal(waitIn(words), undefined);
    });
  }

  it('reads the fields of an error in any unit', () => {
    equal(readWait({ retry_after: 20 }), 20);
    equal(readWait({ retryAfter: '3' }), 3);
    equal(readWait({ retryDelay: '43.2s' }), 44);
    equal(readWait({ 'retry-after-ms': 500 }), 1);
    equal(readWait({ estimated_time: 20.2 }), 21);
    equal(readWait({ retry_after: -1 }), undefined);
    equal(readWait({ retry_after: null, message: 'wait 5 s' }), undefined);
    equal(readWait({ retries: 7 }), undefined);
  });

  it('returns undefined or at most one day in whole seconds for any words', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.nat().map(String),
      fc.constantFrom('try again in ', 's', 'm', ' minutes', '秒后', 'retry after '),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const seconds = waitIn(pieces.join(''));
        ok(seconds === undefined || (Number.isInteger(seconds) && seconds >= 0 && seconds <= 86_400));
      }),
    );
  });
});
