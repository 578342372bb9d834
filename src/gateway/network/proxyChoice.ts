import { BlockList, isIP } from 'node:net';
import { reasonOf, type FailureReason } from '../../shared/failure/failureReason';
import { isLoopback } from './mayCarryKey';
import type { NetworkSettings } from './networkSettings';

/** How to connect to a gateway. */
export type ProxyChoice =
  | { readonly kind: 'direct' }
  | {
      readonly kind: 'proxy';
      /** Scheme, host and port, which a message may show. */
      readonly address: URL;
      /** The value of `Proxy-Authorization`. Sent only to the proxy. */
      readonly authorization?: string;
    }
  /** The user set a proxy that Parley does not support. Parley must not bypass it. */
  | { readonly kind: 'unusable'; readonly host: string; readonly reason: FailureReason };

type Target = Pick<URL, 'protocol' | 'hostname' | 'port'>;

/**
 * Decides how to connect to a URL. This computer is always reached directly, and so are the hosts of `noProxy`: `*` for all, a
 * host with its subdomains (`example.com`, `.example.com`, `*.example.com`), an address, or a range (`10.0.0.0/8`), each with
 * or without a port.
 */
export function chooseProxy(target: Target, settings: NetworkSettings): ProxyChoice {
  const proxy = (target.protocol === 'https:' ? settings.proxy.forHttps : settings.proxy.forHttp)?.trim();
  if (proxy === undefined || proxy === '' || isLoopback(target.hostname)) return { kind: 'direct' };
  if (settings.noProxy.some((entry) => matches(target, entry))) return { kind: 'direct' };

  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`);
  // The text is not shown, because it may contain a password.
  if (url === null || url.hostname === '') {
    return { kind: 'unusable', host: 'http.proxy', reason: reasonOf('proxy-address') };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const reason = reasonOf('proxy-scheme', url.protocol.slice(0, -1));
    return { kind: 'unusable', host: url.host, reason };
  }
  const authorization = settings.proxyAuthorization ?? basicAuthorization(url);
  return {
    kind: 'proxy',
    address: new URL(url.origin),
    ...(authorization !== undefined && { authorization }),
  };
}

function matches(target: Target, entry: string): boolean {
  const text = entry.trim().toLowerCase();
  if (text === '*') return true;
  const { host, port } = splitPort(text);
  if (port !== undefined && port !== (target.port || defaultPort(target.protocol))) return false;
  const hostname = withoutBrackets(target.hostname).replace(/\.$/, '');
  const address = withoutBrackets(host);
  const range = /^([\da-f.:]+)\/(\d{1,3})$/.exec(address);
  if (range !== null) return isInRange(hostname, range[1] ?? '', Number(range[2]));
  if (isIP(address) > 0) return isInRange(hostname, address, isIP(address) === 4 ? 32 : 128);
  const suffix = address.replace(/^\*?\.+/, '').replace(/\.$/, '');
  return suffix !== '' && (hostname === suffix || hostname.endsWith(`.${suffix}`));
}

/** Splits `host:8080` and `[::1]:8080`. An IPv6 address without brackets has no port. */
function splitPort(text: string): { host: string; port?: string } {
  const [, host, port] = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/.exec(text) ?? [];
  return host === undefined || port === undefined ? { host: text } : { host, port };
}

function isInRange(hostname: string, network: string, bits: number): boolean {
  const family = isIP(network) === 4 ? 'ipv4' : 'ipv6';
  if (isIP(network) === 0 || isIP(network) !== isIP(hostname) || bits > (family === 'ipv4' ? 32 : 128)) {
    return false;
  }
  const range = new BlockList();
  range.addSubnet(network, bits, family);
  return range.check(hostname, family);
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

function defaultPort(protocol: string): string {
  return protocol === 'https:' ? '443' : '80';
}

function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // The text has a % that is not part of an escape.
    return text;
  }
}
