import { foldedParts, withoutWindowsTail } from './foldedParts';

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
  /^.*\.(?:asc|gpg|kdb|keytab|mobileprovision|ovpn|pkcs12|publishsettings|psafe3|jceks|bks|keychain|keychain-db)$/s,
  /^.*\.(?:tfstate\..*|tfvars\.json|pubxml\.user)$/s,
  /^\.(?:claude\.json|databrickscfg|dev\.vars.*|dockerconfigjson|flaskenv|mylogin\.cnf|terraformrc|vault_pass.*|yarnrc\.yml|authinfo|password|passwd|token)$/s,
  /^\..*_history$/s,
  /^(?:application_default_credentials|auth|client_secret.*|local\.settings|sftp|sftp-config|tokens?|appsettings\..+)\.json$/s,
  // The first of several `firebase-adminsdk` decides, so that the time stays linear.
  /^(?:(?!firebase-adminsdk).)*firebase-adminsdk.*\.json$/s,
  /^(?:database|vault)\.ya?ml$/s,
  /^(?:key|keystore|local)\.properties$/s,
  /^(?:my\.cnf|nuget\.config|pgpass\.conf|rclone\.conf|settings-security\.xml|wallet\.dat|wg.*\.conf|wp-config\.php)$/s,
  /^.*_(?:rsa|dsa|ecdsa|ed25519)(?:\.pub)?$/s,
];

/** Names that are harmless for source code (`password.ts`) but suspicious for other files. */
const secretsUnlessCode: readonly RegExp[] = [
  /^.*[-_.]secrets?\.[a-z]{2,10}$/s,
  /^.*[-_.]credentials?(?:\.[a-z]{2,10})?$/s,
  /^\.?(?:api[-_ ]?keys?|private[-_ ]?key|passwords?|passwd)(?:[-_.0-9].*)?$/s,
  /^.*(?:密码|密碼|口令|密钥|密鑰|私钥|私鑰|凭证|憑證)\.(?:txt|csv|json|ya?ml|xlsx?)$/s,
];
const code =
  /\.(?:[cm]?[jt]sx?|astro|c|cc|cpp|cs|css|dart|ex|exs|go|h|hpp|html|java|kt|kts|less|lua|md|mdx|php|py|rb|rs|scala|scss|sh|sql|svelte|svg|swift|vue)$/s;

/** Longest file name, in UTF-16 units: file systems allow 255 bytes or units. */
const longestName = 255;
const copyEndings = ['~', '.bak', '.backup', '.old', '.orig', '.save', '.copy'];
const copyWords = [
  ' - copy',
  ' copy',
  ' - 副本',
  ' 副本',
  ' 的副本',
  '的副本',
  ' - kopie',
  ' - copie',
  ' - copia',
];
const copyStarts = ['copy of ', 'kopie von ', 'copie de ', 'copia de '];

/** Folders that mostly hold secrets. Lower case. */
const secretFolders: ReadonlySet<string> = new Set([
  '.aws',
  '.azure',
  '.docker',
  '.gcloud',
  '.gnupg',
  '.kube',
  '.password-store',
  '.secrets',
  '.ssh',
]);
/** Folders whose files count as secret unless they are source code. */
const secretFoldersUnlessCode: ReadonlySet<string> = new Set(['secret', 'secrets']);

/**
 * True when a file probably holds keys, passwords or tokens: by its name, by the name of a folder above it, or because it is
 * named like a copy of such a file. Looks at names only, so it does not find a key inside a source file.
 *
 * @param path With forward slashes or backslashes; relative or absolute.
 */
export function mayHoldSecrets(path: string): boolean {
  const parts = foldedParts(path);
  const folders = parts.slice(0, -1);
  const whole = parts.at(-1) ?? '';
  return (
    parts.some((part) => secretFolders.has(withoutWindowsTail(part))) ||
    folders.some((part, index) => part === 'gcloud' && folders[index - 1] === '.config') ||
    [whole, withoutWindowsTail(whole)].some((name) => [name, ...originalsOf(name)].some(isSecret)) ||
    (folders.some((part) => secretFoldersUnlessCode.has(part)) && !code.test(withoutWindowsTail(whole)))
  );
}

function isSecret(name: string): boolean {
  return (
    secretNames.some((pattern) => pattern.test(name)) ||
    (!code.test(name) && secretsUnlessCode.some((pattern) => pattern.test(name)))
  );
}

/** The possible original names of a copy such as `server.key.bak`, `.env~`, `id_rsa copy` or `Copy of credentials (2).json`. */
function originalsOf(name: string): readonly string[] {
  if (name.length > longestName) return [];
  const originals: string[] = [];
  let current = name;
  for (let next = withoutCopy(current); next !== current; next = withoutCopy(current)) {
    originals.push(next);
    current = next;
  }
  return originals;
}

function withoutCopy(name: string): string {
  const ending = copyEndings.find((each) => name.endsWith(each));
  if (ending !== undefined) return name.slice(0, -ending.length);
  const number = /\.\d{1,4}$/.exec(name);
  if (number !== null) return name.slice(0, number.index);
  const start = copyStarts.find((each) => name.startsWith(each));
  if (start !== undefined) return name.slice(start.length);
  const dot = name.lastIndexOf('.');
  const [stem, extension] =
    dot > 0 && !name.slice(dot).includes(' ') ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const counted = stem.replace(/ (?:\(\d{1,4}\)|\d{1,4})$/, '');
  const word = copyWords.find((each) => counted.endsWith(each));
  if (word !== undefined) return counted.slice(0, -word.length) + extension;
  return /\(\d{1,4}\)$/.test(stem) ? counted + extension : name;
}
