/** True on macOS, where Cmd stands where others have Ctrl. */
export const isMac = navigator.userAgent.includes('Macintosh');
