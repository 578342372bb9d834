/** Writes messages for developers. The implementation removes secrets from them. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
