/** Where keys are kept. */
export interface KeyStore {
  /** The key for a gateway at an origin (see `originOf`); undefined when none is stored. */
  read(gatewayId: string, origin: string): Promise<string | undefined>;
}
