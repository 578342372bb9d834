/** Writes messages for developers. The implementation removes secrets from them. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  /**
   * Writes a step of a request; undefined unless the user has set the log level to Trace. Read it once for each request. A step has
   * sizes, times and names of models, but never a key or text of a prompt.
   */
  readonly trace?: ((message: string) => void) | undefined;
}
