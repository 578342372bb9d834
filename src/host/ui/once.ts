/** Returns a function that calls `make` on its first call, and returns that promise on every call. A rejection is kept, too. */
export function once<Thing>(make: () => Promise<Thing>): () => Promise<Thing> {
  let made: Promise<Thing> | undefined;
  return () => (made ??= make());
}
