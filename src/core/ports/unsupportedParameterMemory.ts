/**
 * What is known of a gateway's likes, per gateway and model: which parts of a request it refuses.
 * Remembered across windows, shown to the user, and forgotten on request.
 */
export interface UnsupportedParameterMemory {
  /** Parts that this model at this gateway refused, such as `stream_options`. */
  refused(gatewayId: string, modelId: string): ReadonlySet<string>;
  /** Remembers a refusal. */
  remember(gatewayId: string, modelId: string, part: string): void;
  /** The context window that this model's gateway named when a prompt was too long for it, in tokens; undefined until then. */
  contextWindow(gatewayId: string, modelId: string): number | undefined;
  /** Remembers a context window. */
  rememberContextWindow(gatewayId: string, modelId: string, tokens: number): void;
}
