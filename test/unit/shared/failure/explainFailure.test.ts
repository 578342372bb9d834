import { deepStrictEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Failure, FailureKind } from '../../../../src/shared/failure/failure';
import { createTranslate } from '../../../../src/shared/kit/translate';
import { reasonInEnglish, reasonOf } from '../../../../src/shared/failure/failureReason';
import { explainFailure } from '../../../../src/shared/failure/explainFailure';
import { failureActions } from '../../../../src/shared/failure/failureAction';
import { failureKinds } from '../../../../src/shared/failure/failure';
import { arbitraryFailure } from '../arbitraryEvents';

const english = createTranslate({});
const bundle = JSON.parse(readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8')) as Record<string, string>;

/** A failure with only the facts that every failure of its kind has. */
function leastKnownOf(kind: FailureKind): Failure {
  if (kind.endsWith('-timeout')) return { kind, retryable: true, seconds: 5 };
  return kind === 'http-error' ? { kind, retryable: false, status: 418 } : { kind, retryable: false };
}

describe('explainFailure', () => {
  for (const kind of failureKinds) {
    it(`explains ${kind} in a complete sentence when little is known`, () => {
      const { sentence, details, action, actionLabel, secondary } = explainFailure(
        leastKnownOf(kind),
        english,
      );
      match(sentence, /^\S.*[^\s:]$/);
      doesNotMatch(sentence, / {2}| [.,?]|""|undefined|\{\d/);
      deepStrictEqual(details, []);
      ok(failureActions.includes(action));
      match(actionLabel, /^[A-Z]/);
      ok(
        secondary === undefined || (secondary.action !== action && failureActions.includes(secondary.action)),
      );
    });

    it(`names no URL of the gateway in the sentence for ${kind}, only in the details`, () => {
      const url = 'https://api.example.com/v1/chat/completions';
      const named = { gatewayName: 'Example', modelId: 'model-1', status: 500, url };
      const { sentence, details } = explainFailure({ ...leastKnownOf(kind), ...named }, english);
      doesNotMatch(sentence, /api\.example\.com/);
      match(details.join('\n'), /https:\/\/api\.example\.com\/v1\/chat\/completions/);
    });
  }

  it('fills every placeholder and always offers an action', () => {
    // The words of gateways may contain braces, so these facts have none.
    const facts = fc.record(
      {
        gatewayName: fc.constant('Example'),
        modelId: fc.constant('model-1'),
        url: fc.webUrl(),
        host: fc.domain(),
        status: fc.integer({ min: 400, max: 599 }),
        seconds: fc.nat(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.constantFrom(...failureKinds), facts, (kind, known) => {
        const { sentence, actionLabel } = explainFailure({ kind, retryable: true, ...known }, english);
        doesNotMatch(sentence, /\{\d+\}|undefined|null/);
        ok(actionLabel.length > 0);
      }),
    );
  });

  it('puts no space around the Chinese words that replace a missing name', () => {
    const chinese = createTranslate(bundle);
    for (const kind of failureKinds) {
      const { sentence } = explainFailure(leastKnownOf(kind), chinese);
      doesNotMatch(sentence, /\p{Script=Han} \p{Script=Han}/u);
      doesNotMatch(sentence, /^ | $| {2}/);
    }
    const named = { kind: 'rate-limited', retryable: true, gatewayName: 'Example' } as const;
    match(explainFailure(named, chinese).sentence, /Example \p{Script=Han}/u);
  });

  it("translates reasons that are Parley's own words", () => {
    const chinese = createTranslate(bundle);
    const reason = reasonOf('parameter-number-between', 'temperature', '0', '2', '3');
    const failure = {
      kind: 'invalid-parameter',
      retryable: false,
      detail: reasonInEnglish(reason),
      reason,
    } as const;
    match(explainFailure(failure, english).sentence, /temperature must be a number from 0 to 2, not 3/);
    match(explainFailure(failure, chinese).sentence, /temperature .*0 .*2 .*3/);
    doesNotMatch(explainFailure(failure, chinese).sentence, /must|number/);
    const proxy = {
      kind: 'connection-failed',
      retryable: false,
      reason: reasonOf('proxy-scheme', 'socks5'),
    } as const;
    match(explainFailure(proxy, chinese).details.join(''), /\p{Script=Han}.*socks5/u);
  });

  it('shows the English words for an unknown reason of a newer version', () => {
    const reason = { name: 'of-tomorrow', words: [] };
    const { details } = explainFailure(
      { kind: 'unexpected', retryable: false, detail: 'Said so.', reason },
      english,
    );
    deepStrictEqual(details, ['Said so.']);
  });

  it('passes every text through the translator', () => {
    fc.assert(
      fc.property(arbitraryFailure, (failure) => {
        const { sentence, actionLabel } = explainFailure(failure, () => 'übersetzt');
        deepStrictEqual([sentence, actionLabel], ['übersetzt', 'übersetzt']);
      }),
    );
  });

  it("lists the gateway's words, the URL, the status and the request id", () => {
    const failure: Failure = {
      kind: 'unauthorized',
      retryable: false,
      gatewayId: 'example',
      gatewayName: 'Example',
      url: 'https://api.example.com/v1/chat/completions',
      status: 401,
      requestId: 'req-1',
      detail: 'Incorrect API key provided',
    };
    const { sentence, details, action } = explainFailure(failure, english);
    equal(sentence, 'Example rejected the API key.');
    deepStrictEqual(details, [
      'Incorrect API key provided',
      'HTTP 401 from https://api.example.com/v1/chat/completions',
      'Request ID: req-1',
    ]);
    equal(action, 'set-key');
  });

  it('offers another model when the balance is used up, and the billing page of a known gateway', () => {
    const unpaid = { kind: 'payment-required', retryable: false, gatewayName: 'Example' } as const;
    const known = { ...unpaid, url: 'https://openrouter.ai/api/v1/chat/completions' };
    const { action, actionLabel, secondary } = explainFailure(known, english);
    deepStrictEqual([action, actionLabel], ['select-model', 'Choose Another Model']);
    deepStrictEqual(secondary, { action: 'open-billing-page', label: 'Open Billing Page' });
    for (const url of [undefined, 'http://127.0.0.1:8080/v1/chat/completions']) {
      const unknown = explainFailure(url === undefined ? unpaid : { ...unpaid, url }, english);
      deepStrictEqual([unknown.action, unknown.secondary], ['select-model', undefined]);
    }
  });

  it('names the missing model, and no model if none was asked', () => {
    const missing: Failure = { kind: 'not-found', retryable: false, gatewayName: 'Lab', modelId: 'lab-404' };
    equal(explainFailure(missing, english).sentence, 'Lab has no model "lab-404".');
    const listing: Failure = { kind: 'not-found', retryable: false, gatewayName: 'Lab' };
    equal(explainFailure(listing, english).sentence, 'Lab found nothing at this address.');
  });

  it('names the status of a server error, but not the status of the reply that contains it', () => {
    const failed: Failure = { kind: 'server-error', retryable: true, gatewayName: 'Lab', status: 500 };
    equal(explainFailure(failed, english).sentence, 'Lab had a server error (HTTP 500).');
    equal(explainFailure({ ...failed, status: 200 }, english).sentence, 'Lab had a server error.');
  });

  it('names a waiting time only if the gateway did', () => {
    const limited: Failure = { kind: 'rate-limited', retryable: true, gatewayName: 'Example' };
    equal(explainFailure(limited, english).sentence, 'Example is limiting requests.');
    match(explainFailure({ ...limited, seconds: 20 }, english).sentence, /again in 20 s/);
  });
});
