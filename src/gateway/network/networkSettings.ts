/** How to reach gateways. Read anew for each request: what the user changes holds from the next one on. */
export interface NetworkSettings {
  /**
   * The proxies to gateways over `https:` and over `http:`, such as `http://user:word@proxy:3128`; a
   * missing scheme means `http:`. Absent: straight to the gateway.
   */
  readonly proxy: { readonly forHttps?: string; readonly forHttp?: string };
  /** The whole value of `Proxy-Authorization`; absent, it is made of the name and password in the proxy's address. */
  readonly proxyAuthorization?: string;
  /** Hosts that are reached without a proxy, see `chooseProxy`. */
  readonly noProxy: readonly string[];
  /** False: certificates are not verified. */
  readonly strictTls: boolean;
  /** True: certificate authorities of the system are trusted beside Node's own. */
  readonly systemCertificates: boolean;
  /** Origins over `http:` to which the user lets a key go in clear text. Loopback needs no permission. */
  readonly clearTextOrigins: readonly string[];
}

/** Straight to the gateway, with nothing but Node's own certificates. */
export const directNetwork: NetworkSettings = {
  proxy: {},
  noProxy: [],
  strictTls: true,
  systemCertificates: false,
  clearTextOrigins: [],
};
