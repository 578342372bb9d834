/**
 * Waits for a promise of another extension, which may hang or fail.
 *
 * @param time The longest wait, in milliseconds.
 * @returns The promise's value; `otherwise` if it rejects or is late. Never rejects.
 */
export async function withinTime<Value>(
  promise: PromiseLike<Value>,
  time: number,
  otherwise: Value,
): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Value>((resolve) => {
    timer = setTimeout(() => {
      resolve(otherwise);
    }, time);
  });
  try {
    return await Promise.race([promise, late]);
  } catch {
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
}
