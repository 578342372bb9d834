/** True on macOS, where Cmd replaces Ctrl. */
export const isMac = navigator.userAgent.includes('Macintosh');
