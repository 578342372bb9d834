import type { Media } from '../../../../shared/answer/media';
import type { Call } from '../../../failures/failureOf';
import { prepareRequest } from '../../prepareChatRequest';
import { mediumOf, mediumOfBase64, type FoundMedia } from '../media/foundMedia';
import { mayFetchLink } from '../media/mayFetchLink';
import { exchangeOnce, type ExchangeEnd } from '../wire/exchangeOnce';
import type { GenerationRun } from '../wire/generationRun';

/** Time limits of a download, in seconds. */
const limits = { connect: 30, silence: 30, whole: 600 };
/** How many redirects are followed. Links to results often lead to a storage service. */
const mostRedirects = 3;

/**
 * Gets a medium of a reply as a `data:` URL. A link is fetched at once, because it may die within minutes, and without the key. If
 * it cannot be fetched, the medium is the link itself. Undefined if the content is not a medium.
 *
 * @param kind What the medium is if only its link is known.
 * @param otherwise Another way to the content, for a link that cannot be fetched.
 */
export async function fetchMedium(
  run: GenerationRun,
  found: FoundMedia,
  kind: Media['kind'],
  otherwise?: () => Promise<Uint8Array | undefined>,
): Promise<Media | undefined> {
  if (found.base64 !== undefined) return mediumOfBase64(found.base64, found);
  if (found.url === undefined) return undefined;
  const bytes = (await fetchLink(run, found.url)) ?? (await otherwise?.());
  if (bytes !== undefined) return mediumOf(bytes, found, `${kind}/*`);
  const { url, name, revisedPrompt } = found;
  return {
    kind,
    url,
    ...(name !== undefined && { name }),
    ...(revisedPrompt !== undefined && { revisedPrompt }),
  };
}

/** Downloads a medium without the key; from the gateway's own origin also with it, if it is refused otherwise. Never rejects. */
export async function fetchLink(run: GenerationRun, link: string): Promise<Uint8Array | undefined> {
  const { gateway } = run.target;
  const base = URL.parse(gateway.baseUrl);
  let url = URL.parse(link);
  for (let redirects = 0; url !== null && base !== null && redirects <= mostRedirects; redirects += 1) {
    if (!mayFetchLink(url, base)) {
      run.tools.log.warn(`${url.host}: a result is not fetched from this host`);
      return undefined;
    }
    const end = await download(run, url, {});
    const target = redirectOf(end, url);
    if (target !== undefined) {
      url = target;
      continue;
    }
    const bytes = mediumIn(end);
    if (bytes !== undefined) return bytes;
    const isOwn = url.origin === base.origin;
    if (isOwn && end.kind === 'replied' && (end.head.status === 401 || end.head.status === 403))
      return await fetchContent(run, url);
    run.tools.log.warn(`${url.host}: a result could not be fetched: ${problemOf(end)}`);
    return undefined;
  }
  return undefined;
}

/** Downloads a medium from the gateway's own origin, with the key. Resolves to undefined if the gateway does not send it. Never rejects. */
export async function fetchContent(
  run: GenerationRun,
  url: URL | undefined,
): Promise<Uint8Array | undefined> {
  const { gateway, modelId } = run.target;
  const { keys, network, log } = run.tools;
  const prepared = await prepareRequest(
    gateway,
    modelId,
    url,
    { keys, network: network() },
    (address, headers) => ({
      method: 'GET',
      url: address,
      headers,
    }),
  );
  if (prepared.failure !== undefined) return undefined;
  const end = await download(run, prepared.request.url, prepared.request.headers, prepared.call);
  const target = redirectOf(end, prepared.request.url);
  // A redirect is followed without the key.
  if (target !== undefined) return await fetchLink(run, target.href);
  const bytes = mediumIn(end);
  if (bytes === undefined)
    log.warn(`${prepared.call.url}: the content could not be fetched: ${problemOf(end)}`);
  return bytes;
}

async function download(
  run: GenerationRun,
  url: URL,
  headers: Readonly<Record<string, string>>,
  call: Call = { gateway: run.target.gateway, url: `${url.origin}${url.pathname}`, secrets: [] },
): Promise<ExchangeEnd> {
  const request = {
    method: 'GET' as const,
    url,
    headers: { ...headers, accept: 'image/*, video/*, audio/*' },
  };
  const signal = AbortSignal.any([run.signal, AbortSignal.timeout(limits.whole * 1_000)]);
  return await exchangeOnce(await run.tools.openTransport(), request, { call, signal, timeouts: limits });
}

function redirectOf(end: ExchangeEnd, from: URL): URL | undefined {
  if (end.kind !== 'replied' || ![301, 302, 303, 307, 308].includes(end.head.status)) return undefined;
  return URL.parse(end.head.headers['location'] ?? '', from.href) ?? undefined;
}

function mediumIn(end: ExchangeEnd): Uint8Array | undefined {
  return end.kind === 'replied' && end.head.status === 200 ? end.content.bytes : undefined;
}

function problemOf(end: ExchangeEnd): string {
  switch (end.kind) {
    case 'replied':
      return `HTTP ${end.head.status}, ${end.head.headers['content-type'] ?? 'no type'}`;
    case 'cancelled':
      return 'cancelled, or too slow';
    case 'lost':
    case 'unsent':
      return end.failure.detail ?? end.failure.kind;
  }
}
