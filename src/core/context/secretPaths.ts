/** Names of files that usually hold keys, passwords or tokens. Lower case. */
const secretNames: readonly RegExp[] = [
  /^(?:\.env.*)$/s,
  /^(?:.*\.env)$/s,
  /^(?:.*\.(?:pem|key|pfx|p12|p8|jks|keystore|ppk|kdbx|kubeconfig|tfstate|tfvars))$/s,
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519).*)$/s,
  /^(?:\.(?:npmrc|yarnrc|netrc|pypirc|pgpass|my\.cnf|htpasswd|git-credentials|dockercfg|vault-token|s3cfg|boto))$/s,
  /^(?:_netrc)$/s,
  /^(?:\.?credentials.*)$/s,
  /^(?:\.?secrets?\..*)$/s,
  /^(?:secrets?)$/s,
  /^(?:kubeconfig.*)$/s,
  /^(?:service[-_]?account.*\.json)$/s,
];

/** Folders that hold little but secrets; lower case. */
const secretFolders: ReadonlySet<string> = new Set([
  '.aws',
  '.azure',
  '.docker',
  '.gcloud',
  '.gnupg',
  '.kube',
  '.ssh',
]);

/**
 * True when a file's name, or a folder that it is in, is one that secrets usually have. Only names are looked
 * at: a key in the middle of a source file is not found.
 *
 * @param path With forward slashes or backslashes; relative or absolute.
 */
export function mayHoldSecrets(path: string): boolean {
  const parts = path.toLowerCase().split(/[/\\]/);
  const name = withoutWindowsTail(parts.at(-1) ?? '');
  return (
    parts.some((part) => secretFolders.has(withoutWindowsTail(part))) ||
    secretNames.some((pattern) => pattern.test(name))
  );
}

/** Windows opens the same file with dots and spaces behind its name, and with the name of a stream. */
function withoutWindowsTail(part: string): string {
  const [name = ''] = part.split(':', 1);
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end -= 1;
  return name.slice(0, end);
}
