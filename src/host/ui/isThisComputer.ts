/**
 * True if a window with this remote name runs its extensions on the computer of the user. In a browser, the remote name is the address
 * of VS Code's server, which may be on this computer.
 */
export function isThisComputer(remoteName: string | undefined): boolean {
  return (
    remoteName === undefined || /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i.test(remoteName)
  );
}
