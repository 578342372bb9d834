/** What a promise brings within a time (ms); `otherwise` when it takes longer or fails: other people's extensions do both. */
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
