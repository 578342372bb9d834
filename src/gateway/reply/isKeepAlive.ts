/** True for what proxies send so that the connection stays open: a comment that was framed as data, a word. */
export function isKeepAlive(text: string): boolean {
  return (
    /^:[^\n]*$/.test(text) ||
    /^(?:event|id|retry):[^\n]*$/.test(text) ||
    /^\W{0,4}(?:ping|pong|keep[-_ ]?alive|heart[-_ ]?beat|connected|processing|waiting|noop)\W{0,4}$/i.test(
      text,
    )
  );
}

/** True for `{}`, `{"type":"ping"}` and other JSON that says nothing. */
export function isEmptyObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(
    ([name, item]) =>
      item === null || item === '' || /^(?:id|time|timestamp|ts|created)$/i.test(name) || isWordOfLife(item),
  );
}

function isWordOfLife(value: unknown): boolean {
  return value === true || (typeof value === 'string' && isKeepAlive(value));
}
