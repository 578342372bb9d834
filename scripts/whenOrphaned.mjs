/**
 * Calls `action` once the npm that runs this script is gone. A signal to npm ends the shell that npm has put between,
 * which passes nothing on: the script would live on, unseen.
 *
 * @param {() => void} action
 */
export function whenOrphaned(action) {
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    action();
  }, 500);
  timer.unref();
}
