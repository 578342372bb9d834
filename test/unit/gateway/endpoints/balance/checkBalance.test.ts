import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { BalanceAmount } from '../../../../../src/core/models/balance';
import type { Gateway } from '../../../../../src/core/models/gateway';
import type { BalanceCheck } from '../../../../../src/core/ports/balanceCheck';
import { checkBalance, fetchNumbers } from '../../../../../src/gateway/endpoints/balance/checkBalance';
import { canaryKey } from '../../asking';
import { FakeSite, type FakePage } from './fakeSite';

const money = (amount: number, code = 'USD'): BalanceAmount => ({ amount, unit: { kind: 'currency', code } });
const unstated = (amount: number): BalanceAmount => ({ amount, unit: { kind: 'unstated' } });
const quota = (amount: number): BalanceAmount => ({ amount, unit: { kind: 'quota' } });

const status = (data: object): FakePage => ({ json: { success: true, message: '', data } });
const newApi = (type = 'USD', more: object = {}): FakePage =>
  status({ quota_per_unit: 500_000, quota_display_type: type, usd_exchange_rate: 7.2, ...more });
const oneApi = status({ quota_per_unit: 500_000, display_in_currency: true });
const tokenUsage = (data: object): FakePage => ({
  json: { code: true, message: 'ok', data: { object: 'token_usage', unlimited_quota: false, ...data } },
});
const subscription = (limit: unknown): FakePage => ({
  json: { object: 'billing_subscription', has_payment_method: true, hard_limit_usd: limit, access_until: 0 },
});
const usage = (total: unknown): FakePage => ({ json: { object: 'list', total_usage: total } });
const login = '<!doctype html><html><head><title>Sign in</title></head></html>';
const openRouter = { baseUrl: 'https://openrouter.ai/api/v1' };
const apiMart = { baseUrl: 'https://api.apimart.ai/v1' };
const deepSeek = { baseUrl: 'https://api.deepseek.com/v1' };

interface Row {
  readonly gateway?: Partial<Gateway>;
  readonly pages: Readonly<Record<string, FakePage>>;
  /** The balance without its scope, or the kind of another result. */
  readonly expected: object;
}

const token = '/api/usage/token/';
const billing = ['/v1/dashboard/billing/subscription', '/v1/dashboard/billing/usage'] as const;

const rows: Readonly<Record<string, Row>> = {
  'New API: what is left for the key': {
    pages: { '/api/status': newApi(), [token]: tokenUsage({ total_available: 6_170_000 }) },
    expected: { route: 'new-api', left: [money(12.34)], scope: 'key' },
  },
  'New API: without the slash at the end': {
    pages: { '/api/status': newApi(), '/api/usage/token': tokenUsage({ total_available: 500_000 }) },
    expected: { left: [money(1)] },
  },
  'New API: redirects that are not followed': {
    pages: {
      '/api/status': newApi(),
      [token]: { status: 301, location: 'https://elsewhere.example/api/usage/token' },
      '/api/usage/token': tokenUsage({ total_available: 500_000 }),
    },
    expected: { left: [money(1)] },
  },
  'New API: a site that shows yuan': {
    pages: { '/api/status': newApi('CNY'), [token]: tokenUsage({ total_available: 500_000 }) },
    expected: { left: [money(7.2, 'CNY')] },
  },
  'New API: a site that shows units of quota': {
    pages: { '/api/status': newApi('TOKENS'), [token]: tokenUsage({ total_available: 500_000 }) },
    expected: { left: [quota(500_000)] },
  },
  'New API: a site with a currency of its own': {
    pages: {
      '/api/status': newApi('CUSTOM', { custom_currency_symbol: '⚡', custom_currency_exchange_rate: 100 }),
      [token]: tokenUsage({ total_available: 500_000 }),
    },
    expected: { left: [{ amount: 100, unit: { kind: 'symbol', symbol: '⚡' } }] },
  },
  'New API: yuan without a rate stay dollars': {
    pages: {
      '/api/status': status({ quota_per_unit: '500000', quota_display_type: 'CNY' }),
      [token]: tokenUsage({ total_available: '500000' }),
    },
    expected: { left: [money(1)] },
  },
  'New API: no price of the quota without a status page': {
    pages: { '/api/status': login, [token]: tokenUsage({ total_available: 500_000 }) },
    expected: { left: [quota(500_000)] },
  },
  'New API: an overdrawn key': {
    pages: { '/api/status': newApi(), [token]: tokenUsage({ total_available: -250_000 }) },
    expected: { left: [money(-0.5)] },
  },
  'New API: a key without a limit': {
    pages: {
      '/api/status': newApi(),
      [token]: tokenUsage({ total_available: -1_000, total_used: 1_600_000, unlimited_quota: true }),
      [billing[0]]: subscription(100_000_000),
      [billing[1]]: usage(320),
    },
    expected: { route: 'new-api', left: [], used: money(3.2), scope: 'key' },
  },
  'New API: what the account has when the key has no limit': {
    pages: {
      '/api/status': newApi(),
      [token]: tokenUsage({ total_available: 0, unlimited_quota: true }),
      [billing[0]]: subscription(20),
      [billing[1]]: usage(320),
    },
    expected: { left: [money(16.8)], scope: 'account' },
  },
  'New API: no number where it is not told whether there is a limit': {
    pages: { '/api/status': newApi(), [token]: { json: { code: true, data: { total_available: 5 } } } },
    expected: { kind: 'no-route' },
  },
  'New API: below a path': {
    gateway: { baseUrl: 'https://example.com/relay/v1' },
    pages: { '/relay/api/status': newApi(), [`/relay${token}`]: tokenUsage({ total_available: 500_000 }) },
    expected: { left: [money(1)] },
  },
  'One API: limit without usage': {
    pages: {
      '/api/status': oneApi,
      [billing[0]]: subscription(20),
      [billing[1]]: usage(0),
    },
    expected: { route: 'billing', left: [money(20)], scope: 'unstated' },
  },
  'One API: at least the difference of limit and usage': {
    pages: { '/api/status': oneApi, [billing[0]]: subscription(20), [billing[1]]: usage('320.5') },
    expected: { left: [money(16.795)], isLowerBound: true },
  },
  'One API: no balance from a usage above the limit': {
    pages: { '/api/status': oneApi, [billing[0]]: subscription(5), [billing[1]]: usage(32_000) },
    expected: { kind: 'unclear', limit: 5, used: 320 },
  },
  'One API: a key without a limit': {
    pages: { '/api/status': oneApi, [billing[0]]: subscription(100_000_000), [billing[1]]: usage(320) },
    expected: { left: [], used: money(3.2) },
  },
  'One API: a site that shows units of quota': {
    pages: {
      '/api/status': status({ quota_per_unit: 500_000, display_in_currency: false }),
      [billing[0]]: subscription(10_000),
      [billing[1]]: usage(0),
    },
    expected: { left: [quota(10_000)] },
  },
  'New API: the billing routes of an earlier version, in yuan': {
    pages: { '/api/status': newApi('CNY'), [billing[0]]: subscription(20), [billing[1]]: usage(320) },
    expected: { route: 'billing', left: [money(16.8, 'CNY')] },
  },
  'billing routes: no currency without a status page': {
    pages: { [billing[0]]: subscription('20'), [billing[1]]: usage(0) },
    expected: { left: [unstated(20)] },
  },
  'billing routes: beside /v1': {
    pages: {
      '/dashboard/billing/subscription': subscription(20),
      '/dashboard/billing/usage': usage(0),
    },
    expected: { left: [unstated(20)] },
  },
  'billing routes: no balance without the usage': {
    pages: { [billing[0]]: subscription(20) },
    expected: { kind: 'no-route' },
  },
  'billing routes: an error with status 200': {
    pages: { [billing[0]]: { json: { error: { message: 'record not found', type: 'one_api_error' } } } },
    expected: { kind: 'failed', failure: 'gateway-error' },
  },
  'DeepSeek: yuan': {
    gateway: deepSeek,
    pages: {
      '/user/balance': {
        json: {
          is_available: true,
          balance_infos: [{ currency: 'CNY', total_balance: '110.00', granted_balance: '10.00' }],
        },
      },
    },
    expected: { route: 'deepseek', left: [money(110, 'CNY')], scope: 'account' },
  },
  'DeepSeek: two currencies side by side': {
    gateway: deepSeek,
    pages: {
      '/user/balance': {
        json: {
          is_available: true,
          balance_infos: [
            { currency: 'CNY', total_balance: '1.50' },
            { currency: 'USD', total_balance: 2 },
          ],
        },
      },
    },
    expected: { left: [money(1.5, 'CNY'), money(2)] },
  },
  'DeepSeek: too little': {
    gateway: deepSeek,
    pages: {
      '/user/balance': {
        json: {
          is_available: false,
          balance_infos: [
            { currency: 'CNY', total_balance: '0.00' },
            { currency: 'USD', total_balance: '0.00' },
          ],
        },
      },
    },
    expected: { left: [money(0, 'CNY')], isTooLow: true },
  },
  'DeepSeek: no balance when one of the amounts cannot be read': {
    gateway: deepSeek,
    pages: {
      '/user/balance': {
        json: { balance_infos: [{ currency: 'CNY', total_balance: '1.50' }, { currency: 'USD' }] },
      },
    },
    expected: { kind: 'failed', failure: 'malformed-reply' },
  },
  'SiliconFlow in China: yuan': {
    gateway: { baseUrl: 'https://api.siliconflow.cn/v1' },
    pages: {
      '/v1/user/info': {
        json: { code: 20000, message: 'OK', status: true, data: { balance: '0.88', totalBalance: '88.88' } },
      },
    },
    expected: { route: 'siliconflow', left: [money(88.88, 'CNY')] },
  },
  'SiliconFlow elsewhere: dollars': {
    gateway: { baseUrl: 'https://api.siliconflow.com/v1' },
    pages: { '/v1/user/info': { json: { code: 20000, data: { totalBalance: '8.5' } } } },
    expected: { left: [money(8.5)] },
  },
  'SiliconFlow: the route was removed': {
    gateway: { baseUrl: 'https://api.siliconflow.cn/v1' },
    pages: { '/v1/user/info': { status: 404, body: '404 page not found' } },
    expected: { kind: 'failed', failure: 'no-such-endpoint' },
  },
  'OpenRouter: what is left for the key': {
    gateway: openRouter,
    pages: { '/api/v1/key': { json: { data: { limit: 10, limit_remaining: 7.5, usage: 2.5 } } } },
    expected: { route: 'openrouter', left: [money(7.5)], scope: 'key' },
  },
  'OpenRouter: what the account has when the key has no limit': {
    gateway: openRouter,
    pages: {
      '/api/v1/key': { json: { data: { limit: null, limit_remaining: null, usage: 2.5 } } },
      '/api/v1/credits': { json: { data: { total_credits: 100.1, total_usage: 25.3 } } },
    },
    expected: { left: [money(74.8)], scope: 'account' },
  },
  'OpenRouter: a key without a limit that may not read the account': {
    gateway: openRouter,
    pages: {
      '/api/v1/key': { json: { data: { limit: null, limit_remaining: null, usage: 2.5 } } },
      '/api/v1/credits': { status: 403, body: { error: { message: 'Only management keys', code: 403 } } },
    },
    expected: { left: [], used: money(2.5), scope: 'key' },
  },
  'APIMart: no currency, because its documentation names none': {
    gateway: apiMart,
    pages: { '/v1/balance': { json: { success: true, remain_balance: 12.5, unlimited_quota: false } } },
    expected: { route: 'apimart', left: [unstated(12.5)], scope: 'key' },
  },
  'APIMart: -1 is no limit': {
    gateway: apiMart,
    pages: {
      '/v1/balance': {
        json: { success: true, remain_balance: -1, used_balance: 2.5, unlimited_quota: true },
      },
      '/v1/user/balance': { json: { success: true, remain_balance: -1, used_balance: 2.5 } },
    },
    expected: { left: [], used: unstated(2.5) },
  },
  'APIMart: what the account has when the key has no limit': {
    gateway: apiMart,
    pages: {
      '/v1/balance': { json: { success: true, remain_balance: -1 } },
      '/v1/user/balance': { json: { success: true, remain_balance: 40 } },
    },
    expected: { left: [unstated(40)], scope: 'account' },
  },
  'APIMart: an error with status 200': {
    gateway: apiMart,
    pages: { '/v1/balance': { json: { success: false, message: 'Invalid token' } } },
    expected: { kind: 'failed', failure: 'gateway-error' },
  },
  'a rejected key': {
    gateway: deepSeek,
    pages: { '/user/balance': { status: 401, body: { error: { message: 'Authentication Fails' } } } },
    expected: { kind: 'failed', failure: 'unauthorized' },
  },
  'a rejected key at an unknown gateway': {
    pages: { '/api/status': newApi(), [token]: { status: 401, body: { success: false, message: 'no' } } },
    expected: { kind: 'failed', failure: 'unauthorized' },
  },
  'a page of the site for every path': {
    pages: Object.fromEntries(
      [
        '/api/status',
        token,
        '/api/usage/token',
        ...billing,
        '/v1/balance',
        '/v1/user/balance',
        '/user/balance',
      ]
        .concat('/v1/user/info', '/dashboard/billing/subscription')
        .map((path) => [path, login]),
    ),
    expected: { kind: 'no-route' },
  },
  'a gateway without any of the routes': { pages: {}, expected: { kind: 'no-route' } },
  'an empty reply': {
    gateway: deepSeek,
    pages: { '/user/balance': '' },
    expected: { kind: 'failed', failure: 'empty-reply' },
  },
  'words for a number': {
    gateway: openRouter,
    pages: { '/api/v1/key': { json: { data: { limit: 10, limit_remaining: '7,50', usage: 2.5 } } } },
    expected: { kind: 'failed', failure: 'malformed-reply' },
  },
  "the user's own request": {
    gateway: {
      balance: { path: '/api/user/self?full=1', value: 'data.quota', currency: 'usd', divideBy: 500_000 },
    },
    pages: { '/api/user/self': { json: { success: true, data: { quota: 24_997_909 } } } },
    expected: { route: 'own', left: [money(49.995818)] },
  },
  "the user's own request without a currency, from an array": {
    gateway: { balance: { path: '/credit', value: 'items.1.left' } },
    pages: { '/credit': { json: { items: [{ left: 1 }, { left: '2.50' }] } } },
    expected: { left: [unstated(2.5)] },
  },
  "the user's own request without a number at its place": {
    gateway: { balance: { path: '/credit', value: 'constructor.length' } },
    pages: { '/credit': { json: { left: 1 } } },
    expected: { kind: 'no-number' },
  },
  "the user's own request that fails": {
    gateway: { balance: { path: '/credit', value: 'left' } },
    pages: { '/credit': login },
    expected: { kind: 'failed', failure: 'not-an-api' },
  },
};

/** The parts of a result that a row names. */
function outline(check: BalanceCheck, expected: object): object {
  const facts: Readonly<Record<string, unknown>> =
    check.kind === 'balance'
      ? { route: check.route, ...check.balance }
      : check.kind === 'failed'
        ? { kind: check.kind, failure: check.failure.kind }
        : { ...check };
  return Object.fromEntries(Object.keys(expected).map((name) => [name, facts[name]]));
}

describe('the balance of a gateway', () => {
  for (const [name, { gateway = {}, pages, expected }] of Object.entries(rows)) {
    it(`is read from ${name}`, async () => {
      const site = new FakeSite(pages);
      const check = await checkBalance(site.partsFor(gateway));
      deepEqual(outline(check, expected), expected);
      equal(new Set(site.paths).size, site.paths.length, 'no page is requested twice');
      ok(site.requests.every(({ method }) => method === 'GET'));
      ok(!JSON.stringify(check).includes(canaryKey));
    });
  }

  it('does not give a lower bound when nothing was used, nor for New API', async () => {
    for (const pages of [
      { '/api/status': oneApi, [billing[0]]: subscription(20), [billing[1]]: usage(0) },
      { '/api/status': newApi(), [billing[0]]: subscription(20), [billing[1]]: usage(5) },
    ]) {
      const check = await checkBalance(new FakeSite(pages).partsFor({}));
      ok(check.kind === 'balance' && check.balance.isLowerBound === undefined);
    }
  });

  it('asks a gateway whose host is known for its own route only', async () => {
    const site = new FakeSite({});
    await checkBalance(site.partsFor(deepSeek));
    deepEqual(site.paths, ['/user/balance']);
  });

  it('first asks the route that answered last', async () => {
    const site = new FakeSite({ [billing[0]]: subscription(20), [billing[1]]: usage(0) });
    await checkBalance(site.partsFor({}), 'billing');
    deepEqual(site.paths, ['/api/status', ...billing]);
  });

  it('stops when the gateway limits the rate, or cannot be reached', async () => {
    const site = new FakeSite({
      [token]: { status: 429, body: { error: { message: 'Too many requests' } } },
    });
    const check = await checkBalance(site.partsFor({}));
    ok(check.kind === 'failed' && check.failure.kind === 'rate-limited');
    deepEqual(site.paths, [token]);
  });

  it('sends the key and the query of the base URL to its own origin alone', async () => {
    const site = new FakeSite({ [token]: { status: 302, location: 'https://evil.example/' } });
    await checkBalance(site.partsFor({ baseUrl: 'https://api.example.com/v1?tenant=7' }));
    ok(site.requests.length > 5);
    for (const { url, headers } of site.requests) {
      equal(url.origin, 'https://api.example.com');
      equal(url.searchParams.get('tenant'), '7');
      equal(headers['authorization'], `Bearer ${canaryKey}`);
    }
  });

  it('reads any reply without an error, and never a number that is not there', async () => {
    const paths = [token, '/api/status', ...billing, '/v1/balance', '/user/balance', '/v1/user/info'];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: paths.length }), async (values) => {
        const pages = Object.fromEntries(values.map((json, index) => [paths[index] ?? '/', { json }]));
        const check = await checkBalance(new FakeSite(pages).partsFor({}));
        ok(check.kind !== 'balance' && check.kind !== 'unclear');
      }),
      { numRuns: 200 },
    );
  });
});

describe('the numbers of a page', () => {
  it('are listed with the names that lead to them', async () => {
    const site = new FakeSite({
      '/api/user/self': {
        json: {
          success: true,
          data: { quota: 5, name: '12 apples', used: '3.5', 'a.b': 1, list: [{ left: 2 }] },
        },
      },
    });
    deepEqual(await fetchNumbers(site.partsFor({}), '/api/user/self?x=1'), {
      kind: 'numbers',
      numbers: [
        { path: 'data.quota', value: 5 },
        { path: 'data.used', value: 3.5 },
        { path: 'data.list.0.left', value: 2 },
      ],
    });
    deepEqual(site.paths, ['/api/user/self?x=1']);
  });

  it('lead to the same numbers as the balance that is read from them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), async (json) => {
        const site = new FakeSite({ '/x': { json: { data: json } } });
        const reply = await fetchNumbers(site.partsFor({}), '/x');
        if (reply.kind === 'failed') return;
        for (const { path, value } of reply.numbers.slice(0, 3)) {
          const check = await checkBalance(site.partsFor({ balance: { path: '/x', value: path } }));
          ok(check.kind === 'balance');
          equal(check.balance.left[0]?.amount, Number(value.toPrecision(12)));
        }
      }),
      { numRuns: 100 },
    );
  });
});
