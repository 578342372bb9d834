/** Reads API keys from the secret storage. */
export interface KeyStore {
  /** The key of a gateway for an origin (see `originOf`); undefined when none is stored. */
  read(gatewayId: string, origin: string): Promise<string | undefined>;
}
