/** How to reach gateways. Read for each request, so a change applies to the next request. */
export interface NetworkSettings {
  /**
   * The proxies for gateways with `https:` and with `http:`, such as `http://user:password@proxy:3128`. A missing scheme means
   * `http:`. Without a proxy, connections are direct.
   */
  readonly proxy: { readonly forHttps?: string; readonly forHttp?: string };
  /** The value of `Proxy-Authorization`. If absent, it is made from the name and password in the address of the proxy. */
  readonly proxyAuthorization?: string;
  /** Hosts that are reached without a proxy (see `chooseProxy`). */
  readonly noProxy: readonly string[];
  /** False if certificates are not verified. */
  readonly strictTls: boolean;
  /** True if the certificate authorities of the system are trusted in addition to those of Node. */
  readonly systemCertificates: boolean;
  /** Origins with `http:` to which the user allows a key to be sent. This computer needs no permission. */
  readonly clearTextOrigins: readonly string[];
}

/** Direct connections that trust only Node's own certificate authorities. */
export const directNetwork: NetworkSettings = {
  proxy: {},
  noProxy: [],
  strictTls: true,
  systemCertificates: false,
  clearTextOrigins: [],
};
