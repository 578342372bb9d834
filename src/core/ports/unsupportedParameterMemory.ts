/**
 * What Parley has learned from the errors of gateways, per gateway and model: the parameters that the model does not
 * support, and the size of its context window. The data is kept when the window closes, is shown to the user, and is
 * deleted when the user asks for it.
 */
export interface UnsupportedParameterMemory {
  /** The unsupported parameters of this model at this gateway, such as `stream_options`; the newest is the last. */
  unsupported(gatewayId: string, modelId: string): ReadonlySet<string>;
  /** Stores an unsupported parameter. */
  remember(gatewayId: string, modelId: string, parameter: string): void;
  /** The context window in tokens that the gateway named when a prompt was too long; undefined if it never did. */
  contextWindow(gatewayId: string, modelId: string): number | undefined;
  /** Stores the size of a context window, in tokens. */
  rememberContextWindow(gatewayId: string, modelId: string, tokens: number): void;
}
