import * as v from 'valibot';
import type { NetworkSettings } from '../../gateway/network/networkSettings';

/** A setting of VS Code, as `WorkspaceConfiguration.inspect` returns it. */
export interface InspectedSetting {
  readonly globalValue?: unknown;
  readonly defaultValue?: unknown;
}

/** The sources of the network settings. */
interface NetworkSources {
  /** Inspects a setting of VS Code's section `http`. */
  readonly inspect: (name: string) => InspectedSetting | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The origins to which a key may be sent over plain `http:`. */
  readonly clearTextOrigins: readonly string[];
}

const text = v.pipe(v.string(), v.trim(), v.nonEmpty());

/**
 * Reads the network settings of VS Code, with the environment variables as a fallback. Only the user's settings count: a
 * workspace that could set a proxy could intercept a key.
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

/** Returns undefined for an empty list: that is the default, so the environment variable counts. */
function listOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const entries = value.filter((entry) => typeof entry === 'string' && entry.trim() !== '');
  return entries.length > 0 ? (entries as string[]) : undefined;
}

function splitList(value: string): readonly string[] {
  return value.split(/[\s,;]+/).filter((entry) => entry !== '');
}
