import type { Gateway } from '../../../../core/models/gateway';
import { endpointUrl } from '../../../setup/normaliseBaseUrl';

/** The URL of a path below the base URL, such as `/images/generations`; undefined if the base URL is invalid. */
export function belowBase(gateway: Gateway, path: string): URL | undefined {
  return endpointUrl(gateway.baseUrl, path);
}

/** The URL of a path beside `/v1`, such as `/mj/submit/imagine`; undefined if the base URL is invalid. */
export function besideBase(gateway: Gateway, path: string): URL | undefined {
  const url = endpointUrl(gateway.baseUrl, '');
  if (url === undefined) return undefined;
  url.pathname = `${url.pathname.replace(/\/v1$/, '').replace(/\/$/, '')}${path}`;
  return url;
}

/**
 * The URL of a path at the gateway's origin, as the journal keeps it, with the query of the base URL. Undefined if the base URL or
 * the path is invalid. The path cannot lead to another host, whatever it contains.
 *
 * @param path A path, with a query or without.
 */
export function atOrigin(gateway: Gateway, path: string): URL | undefined {
  const url = endpointUrl(gateway.baseUrl, '');
  if (url === undefined || !path.startsWith('/')) return undefined;
  const [pathname = '', query = ''] = path.split('?', 2);
  url.pathname = pathname;
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.set(name, value);
  return url;
}

/** A task's id as one step of a path. */
export function stepOf(id: string): string {
  // A step of dots would lead to the folder above.
  return /^\.+$/.test(id) ? '' : encodeURIComponent(id);
}
