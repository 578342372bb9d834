/** Folders whose files VS Code, git, a container or ssh act on; lower case. */
const actingFolders: ReadonlySet<string> = new Set([
  '.devcontainer',
  '.githooks',
  '.husky',
  '.ssh',
  '.vscode',
]);

/** Names of files that an editor, git, a shell or a package manager acts on as soon as it comes by. Lower case. */
const actingNames: readonly RegExp[] = [
  /\.code-workspace$/,
  /^\.(?:envrc|mcp\.json)$/,
  /^\.git(?:attributes|config|modules)$/,
  /^\.(?:npmrc|yarnrc|yarnrc\.yml|pnpmfile\.cjs)$/,
  /^\.(?:profile|login|(?:bash|zsh|z|c|k|tcsh)(?:rc|env|_?profile|_?login|_?logout))$/,
];

/**
 * Whether something acts on a file by itself, so that changing it can run a command that nobody typed: VS Code's settings and
 * tasks, git's attributes, hooks, a shell's start.
 *
 * @param path With forward slashes; relative or absolute.
 */
export function actsByItself(path: string): boolean {
  const parts = path.toLowerCase().split('/');
  const name = parts.at(-1) ?? '';
  return (
    parts.slice(0, -1).some((part) => actingFolders.has(part)) ||
    actingNames.some((pattern) => pattern.test(name))
  );
}
