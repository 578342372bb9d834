import * as v from 'valibot';
import type { NetworkSettings } from '../../gateway/network/networkSettings';

/** One setting of VS Code as `inspect` tells it. */
export interface InspectedSetting {
  readonly globalValue?: unknown;
  readonly defaultValue?: unknown;
}

/** What the network settings are read from. */
export interface NetworkSources {
  /** Inspects a setting of the section `http`. */
  readonly inspect: (name: string) => InspectedSetting | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clearTextOrigins: readonly string[];
}

const text = v.pipe(v.string(), v.trim(), v.nonEmpty());

/**
 * The network settings of VS Code, and the environment's where they say nothing. Only the user's own
 * values count: a workspace that could name a proxy could lead a key astray.
 */
export function readNetworkSettings({
  inspect,
  environment,
  clearTextOrigins,
}: NetworkSources): NetworkSettings {
  const read = (name: string): unknown => {
    const setting = inspect(name);
    return setting?.globalValue ?? setting?.defaultValue;
  };
  const fromEnvironment = (...names: readonly string[]): string | undefined =>
    names.map((name) => environment[name]?.trim()).find((value) => value !== undefined && value !== '');

  const isOff = read('proxySupport') === 'off';
  const proxy = textOf(read('proxy'));
  const forHttps =
    proxy ??
    fromEnvironment('HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy');
  const forHttp = proxy ?? fromEnvironment('HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy');
  const authorization = proxy === undefined ? undefined : textOf(read('proxyAuthorization'));
  return {
    proxy: isOff
      ? {}
      : { ...(forHttps !== undefined && { forHttps }), ...(forHttp !== undefined && { forHttp }) },
    ...(authorization !== undefined && !isOff && { proxyAuthorization: authorization }),
    noProxy: listOf(read('noProxy')) ?? splitList(fromEnvironment('NO_PROXY', 'no_proxy') ?? ''),
    strictTls: read('proxyStrictSSL') !== false,
    systemCertificates: read('systemCertificates') !== false,
    clearTextOrigins,
  };
}

function textOf(value: unknown): string | undefined {
  const result = v.safeParse(text, value);
  return result.success ? result.output : undefined;
}

/** Undefined for an empty list: the default, which leaves it to the environment. */
function listOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const entries = value.filter((entry) => typeof entry === 'string' && entry.trim() !== '');
  return entries.length > 0 ? (entries as string[]) : undefined;
}

function splitList(value: string): readonly string[] {
  return value.split(/[\s,;]+/).filter((entry) => entry !== '');
}
