/**
 * Returns a function that waits until it has not been called for `delay` milliseconds,
 * then calls `action` with the newest arguments.
 */
export function debounce<Parameters extends unknown[]>(
  action: (...parameters: Parameters) => void,
  delay: number,
): (...parameters: Parameters) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...parameters) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...parameters), delay);
  };
}

const save = debounce((text: string) => console.log(`Saved: ${text}`), 300);

save('H');
save('He');
save('Hello'); // only this one is saved
