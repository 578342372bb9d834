/** True for the text that proxies send to keep a connection open: a comment inside `data:`, or a word such as "ping". */
export function isKeepAlive(text: string): boolean {
  return (
    /^:[^\n]*$/.test(text) ||
    /^(?:event|id|retry):[^\n]*$/.test(text) ||
    /^\W{0,4}(?:ping|pong|keep[-_ ]?alive|heart[-_ ]?beat|connected|processing|waiting|noop)\W{0,4}$/i.test(
      text,
    )
  );
}

/** True for `{}`, `{"type":"ping"}` and other JSON without content. */
export function isEmptyObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(
    ([name, item]) =>
      item === null ||
      item === '' ||
      /^(?:id|time|timestamp|ts|created)$/i.test(name) ||
      isKeepAliveValue(item),
  );
}

function isKeepAliveValue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && isKeepAlive(value));
}
