/** The folder of a path with slashes: "src/host" for "src/host/panel/chatPanel.ts", '' for "panel.ts". */
export function folderPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
