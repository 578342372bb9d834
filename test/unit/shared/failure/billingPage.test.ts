import { equal, match } from 'node:assert/strict';
import fc from 'fast-check';
import { billingPage } from '../../../../src/shared/failure/billingPage';

const pageFor = (url: string): string | undefined =>
  billingPage({ kind: 'payment-required', retryable: false, url });

describe('billingPage', () => {
  for (const [host, page] of [
    ['api.openai.com/v1', 'platform.openai.com'],
    ['api.deepseek.com', 'platform.deepseek.com'],
    ['openrouter.ai/api/v1', 'openrouter.ai'],
    ['generativelanguage.googleapis.com/v1beta/openai', 'aistudio.google.com'],
    ['api.apimart.ai/v1', 'apimart.ai'],
    ['api.apipod.ai/v1', 'www.apipod.ai'],
    ['api.apiyi.com:443/v1', 'api.apiyi.com'],
  ] as const) {
    it(`finds the page for https://${host}`, () => {
      equal(URL.parse(pageFor(`https://${host}/chat/completions`) ?? '')?.host, page);
    });
  }

  for (const url of [
    'http://openrouter.ai/api/v1',
    'https://openrouter.ai.example.com/api/v1',
    'https://openrouter.ai@example.com/api/v1',
    'https://example.com/openrouter.ai',
    'https://constructor/v1',
    'https://__proto__/v1',
    'javascript:alert(1)',
    '',
  ]) {
    it(`finds no page for ${url === '' ? 'an empty URL' : url}`, () => {
      equal(pageFor(url), undefined);
    });
  }

  it('opens only https pages, whatever the URL', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (url) => {
        match(pageFor(url) ?? 'https://', /^https:\/\//);
      }),
    );
  });
});
