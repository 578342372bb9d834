import type { Balance } from '../../../core/models/balance';
import type { BalanceCheck, BalanceRoute, NumbersReply } from '../../../core/ports/balanceCheck';
import type { Failure } from '../../../shared/failure/failure';
import { findNumbers } from './findNumbers';
import { PageFetcher, type Page, type PageFetcherParts } from './pageFetcher';
import { balanceReaders as readers, type UnclearFigures } from './balanceReaders';
import { readSite, type Site } from './readSite';

/** The routes of gateways that document theirs, by host. */
const routesByHost: Readonly<Record<string, readonly BalanceRoute[]>> = {
  'openrouter.ai': ['openrouter'],
  'api.deepseek.com': ['deepseek'],
  'api.siliconflow.cn': ['siliconflow'],
  'api.siliconflow.com': ['siliconflow'],
  'api.apimart.ai': ['apimart'],
};

/** The routes of any other gateway, the most exact one of the most common software first. */
const otherRoutes: readonly BalanceRoute[] = ['new-api', 'billing', 'apimart', 'deepseek', 'siliconflow'];

/** The result of one route. `absent`: the gateway does not have it. */
type RouteResult =
  | { readonly kind: 'balance'; readonly balance: Balance }
  | { readonly kind: 'unclear'; readonly figures: UnclearFigures }
  | Exclude<Page, { readonly kind: 'json' }>;

/**
 * Asks a gateway for its balance. Sends the user's own request if the settings have one. Otherwise tries the route that answered
 * last, then the routes that fit the gateway, one after the other. Each is one GET request, which costs nothing. Never rejects.
 *
 * @param known The route that answered last.
 */
export async function checkBalance(parts: PageFetcherParts, known?: BalanceRoute): Promise<BalanceCheck> {
  const { gateway } = parts;
  const fetcher = new PageFetcher(parts);
  if (gateway.balance !== undefined) {
    const page = await fetcher.ofOrigin(gateway.balance.path);
    if (page.kind !== 'json') return { kind: 'failed', failure: page.failure };
    const balance = readers.own(page.value, gateway.balance);
    return balance === undefined ? { kind: 'no-number' } : { kind: 'balance', route: 'own', balance };
  }
  const host = URL.parse(gateway.baseUrl)?.hostname ?? '';
  const usual = Object.hasOwn(routesByHost, host) ? routesByHost[host] : undefined;
  const routes = new Set([
    ...(known === undefined || known === 'own' ? [] : [known]),
    ...(usual ?? otherRoutes),
  ]);
  let failure: Failure | undefined;
  for (const route of routes) {
    const result = await tryRoute(route, fetcher, host);
    if (result.kind === 'balance') return { kind: 'balance', route, balance: result.balance };
    if (result.kind === 'unclear') return { kind: 'unclear', ...result.figures };
    // The page of a documented route is there. If it is not, the reason is of interest.
    if (result.kind === 'absent' && usual !== undefined) failure ??= result.failure;
    if (result.kind !== 'failed') continue;
    if (result.stops) return { kind: 'failed', failure: result.failure };
    failure ??= result.failure;
  }
  return failure === undefined ? { kind: 'no-route' } : { kind: 'failed', failure };
}

/** Gets a page of the gateway's own origin for the user, who chooses the number of the balance in it. Never rejects. */
export async function fetchNumbers(parts: PageFetcherParts, path: string): Promise<NumbersReply> {
  const page = await new PageFetcher(parts).ofOrigin(path);
  return page.kind === 'json'
    ? { kind: 'numbers', numbers: findNumbers(page.value) }
    : { kind: 'failed', failure: page.failure };
}

async function tryRoute(route: BalanceRoute, fetcher: PageFetcher, host: string): Promise<RouteResult> {
  switch (route) {
    case 'new-api':
      return await askNewApi(fetcher);
    case 'billing':
      return await askBilling(fetcher, await siteOf(fetcher));
    case 'openrouter':
      return await orAccount(read(await fetcher.below('/key'), readers.openRouterKey), async () =>
        read(await fetcher.below('/credits'), readers.openRouterCredits),
      );
    case 'apimart':
      return await orAccount(
        read(await fetcher.below('/balance'), (page) => readers.apiMart(page, 'key')),
        async () => read(await fetcher.below('/user/balance'), (page) => readers.apiMart(page, 'account')),
      );
    case 'deepseek':
      return read(await fetcher.ofSite('/user/balance'), readers.deepSeek);
    case 'siliconflow':
      return read(await fetcher.below('/user/info'), (page) => readers.siliconFlow(page, host));
    case 'own':
      throw new Error('The own request is not one of the documented routes.');
  }
}

async function askNewApi(fetcher: PageFetcher): Promise<RouteResult> {
  const slashed = await fetcher.ofSite('/api/usage/token/');
  const page = slashed.kind === 'absent' ? await fetcher.ofSite('/api/usage/token') : slashed;
  if (page.kind !== 'json') return page;
  const site = await siteOf(fetcher);
  const result = read(page, (value) => readers.tokenUsage(value, site));
  // The billing routes of some sites tell what the account has.
  return site.addsUp ? await orAccount(result, () => askBilling(fetcher, site)) : result;
}

async function askBilling(fetcher: PageFetcher, site: Site): Promise<RouteResult> {
  const below = await fetcher.below('/dashboard/billing/subscription');
  const isBelow = below.kind === 'json' || below.kind === 'failed';
  const subscription = isBelow ? below : await fetcher.ofSite('/dashboard/billing/subscription');
  if (subscription.kind !== 'json') return subscription;
  const path = '/dashboard/billing/usage';
  const usage = await (isBelow ? fetcher.below(path) : fetcher.ofSite(path));
  if (usage.kind === 'failed') return usage;
  const figures = readers.billing(subscription.value, usage.kind === 'json' ? usage.value : undefined, site);
  if (figures === undefined) return { kind: 'absent', failure: subscription.failure };
  return 'limit' in figures ? { kind: 'unclear', figures } : { kind: 'balance', balance: figures };
}

async function siteOf(fetcher: PageFetcher): Promise<Site> {
  const page = await fetcher.ofSite('/api/status');
  return readSite(page.kind === 'json' ? page.value : undefined);
}

/** Asks for the balance of the account if the key has no limit. Keeps the first result if the account tells nothing. */
async function orAccount(result: RouteResult, ask: () => Promise<RouteResult>): Promise<RouteResult> {
  if (result.kind !== 'balance' || result.balance.left.length > 0) return result;
  const ofAccount = await ask();
  if (ofAccount.kind !== 'balance' || ofAccount.balance.left.length === 0) return result;
  return { kind: 'balance', balance: { ...ofAccount.balance, scope: 'account' } };
}

function read(page: Page, reader: (value: unknown) => Balance | undefined): RouteResult {
  if (page.kind !== 'json') return page;
  const balance = reader(page.value);
  return balance === undefined ? { kind: 'absent', failure: page.failure } : { kind: 'balance', balance };
}
