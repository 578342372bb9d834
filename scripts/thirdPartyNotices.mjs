import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Problem } from './problem.mjs';

/**
 * @typedef {object} BundledPackage
 * @property {string} name
 * @property {string} version Empty when a source map does not tell it.
 * @property {string} [folder] From the top of the checkout, with slashes; none for a package inside another one's files.
 * @property {string} [inside] The package whose files hold it.
 */

/** @typedef {{ outputs: Record<string, { inputs: Record<string, unknown> }> }} Metafile What we read of esbuild's. */

/** Licences under which a package may be part of Parley, as SPDX names them. */
const known = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'],
  ...['CC-BY-4.0', 'CC0-1.0', 'Unlicense', 'BlueOak-1.0.0', 'Python-2.0', 'Zlib'],
]);

const licenceFile = /^(?:licen[cs]e|copying)(?:[-_.][\w-]+)?(?:\.(?:md|txt))?$/i;
const noticeFile = /^notice(?:\.(?:md|txt))?$/i;
const scriptFile = /\.[cm]?[jt]s$/i;

/**
 * Finds the packages that are part of the bundles: those that esbuild read, and those that one of them carries in its own
 * files, which only its source maps tell.
 *
 * @param {string} root The top of the checkout.
 * @param {readonly Metafile[]} metafiles
 * @returns {Promise<BundledPackage[]>} By name. Rejects with a {@link Problem} for a package without a `package.json`.
 */
export async function bundledPackages(root, metafiles) {
  const files = new Set(
    metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs))),
  );
  /** @type {Map<string, BundledPackage>} */
  const found = new Map();
  /** @param {BundledPackage} bundled */
  const add = (bundled) => {
    const key = `${bundled.name}@${bundled.version}`;
    if (!found.has(key) || bundled.folder !== undefined) found.set(key, bundled);
  };
  for (const file of files) {
    const [owner] = packagesIn(file);
    if (owner === undefined) continue;
    const folder = file.slice(0, owner.end);
    add({ name: owner.name, version: (await readManifest(root, folder)).version, folder });
    for (const source of await sourcesOf(join(root, file))) {
      const [inner] = packagesIn(source);
      if (inner !== undefined && inner.name !== owner.name)
        add({ name: inner.name, version: inner.version, inside: owner.name });
    }
  }
  return [...found.values()].sort((left, right) => (headingOf(left) < headingOf(right) ? -1 : 1));
}

/**
 * Writes the text that goes into the package.
 *
 * @param {string} root
 * @param {readonly BundledPackage[]} packages
 * @param {string} [ownTexts] A folder of licences that packages do not bring: `NAME.txt` with the SPDX name in the first line.
 * @returns {Promise<string>} Rejects with a {@link Problem} that names each package without a known licence and its text.
 */
export async function writeNotices(root, packages, ownTexts = join(root, 'scripts', 'licences')) {
  /** @type {string[]} */
  const complaints = [];
  const parts = [
    'Parley contains the following packages. Each is under its own licence, as follows.\n',
    `${packages.map(headingOf).join('\n')}\n`,
  ];
  for (const bundled of packages) {
    const { licence, texts } = await licenceOf(root, bundled, ownTexts);
    const heading = headingOf(bundled);
    if (licence === undefined) complaints.push(`${heading} does not say its licence.`);
    else if (!isKnown(licence)) complaints.push(`${heading} has the unknown licence ${licence}.`);
    if (texts.length === 0) complaints.push(`${heading} has no file with its licence.`);
    parts.push(`${'='.repeat(80)}\n${heading}\nLicence: ${licence ?? ''}\n\n${texts.join('\n\n')}\n`);
  }
  if (complaints.length > 0)
    throw new Problem(
      `${complaints.join('\n')}\nA package may ship only with its licence. See scripts/thirdPartyNotices.mjs; texts that a package does not bring go to scripts/licences.`,
    );
  return parts.join('\n');
}

/**
 * The line that names a package in the notices.
 *
 * @param {BundledPackage} bundled
 */
export function headingOf({ name, version, inside }) {
  const full = version === '' ? name : `${name} ${version}`;
  return inside === undefined ? full : `${full} (part of ${inside})`;
}

/**
 * @param {string} root
 * @param {BundledPackage} bundled
 * @param {string} ownTexts
 * @returns {Promise<{ licence: string | undefined, texts: string[] }>}
 */
async function licenceOf(root, { name, folder, inside }, ownTexts) {
  const own = await readOwnText(join(ownTexts, `${name.replaceAll('/', '+')}.txt`));
  // A package inside another one may be installed as well, in another version under the same licence.
  const place = folder ?? `node_modules/${name}`;
  if (own !== undefined && inside !== undefined) return { licence: own.licence, texts: [own.text] };
  if (folder === undefined && !existsSync(join(root, place))) return { licence: undefined, texts: [] };
  const licence = (await readManifest(root, place)).license ?? own?.licence;
  const texts = await textsIn(join(root, place));
  return { licence, texts: texts.length === 0 && own !== undefined ? [own.text] : texts };
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>} None when there is no licence, whatever else there is.
 */
async function textsIn(folder) {
  const names = (await readdir(folder)).filter((name) => !scriptFile.test(name)).sort();
  if (!names.some((name) => licenceFile.test(name))) return [];
  const wanted = names.filter((name) => licenceFile.test(name) || noticeFile.test(name));
  return await Promise.all(wanted.map(async (name) => tidy(await readFile(join(folder, name), 'utf8'))));
}

/** @param {string} path */
async function readOwnText(path) {
  if (!existsSync(path)) return undefined;
  const [licence = '', ...lines] = (await readFile(path, 'utf8')).split('\n');
  return { licence: licence.trim(), text: tidy(lines.join('\n')) };
}

/** @param {string} text */
function tidy(text) {
  return text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .trim();
}

/** @param {string} licence An SPDX expression: one of its choices must be known. */
function isKnown(licence) {
  return licence
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((name) => known.has(name.trim())));
}

/**
 * The package that a path is in, as a list of at most one. The innermost `node_modules` counts.
 *
 * @param {string} path With slashes; may be that of a pnpm store, which also tells the version.
 * @returns {{ name: string, version: string, end: number }[]}
 */
function packagesIn(path) {
  const start = path.lastIndexOf('node_modules/');
  if (start < 0) return [];
  const [first = '', second = ''] = path.slice(start + 'node_modules/'.length).split('/');
  const name = first.startsWith('@') ? `${first}/${second}` : first;
  const stored = path
    .slice(0, start)
    .split('/')
    .find((part) => part.startsWith(`${name.replaceAll('/', '+')}@`));
  const version = stored?.slice(name.length + 1).split(/[_(]/)[0] ?? '';
  return [{ name, version, end: start + 'node_modules/'.length + name.length }];
}

/**
 * @param {string} file
 * @returns {Promise<string[]>} What a file was made of, by its source map; none without one.
 */
async function sourcesOf(file) {
  if (!existsSync(`${file}.map`)) return [];
  /** @type {unknown} */
  const map = JSON.parse(await readFile(`${file}.map`, 'utf8'));
  const { sources = [] } = /** @type {{ sources?: (string | null)[] }} */ (map);
  return sources.filter((source) => source !== null);
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {Promise<{ version: string, license: string | undefined }>}
 */
async function readManifest(root, folder) {
  const path = join(root, folder, 'package.json');
  if (!existsSync(path)) throw new Problem(`${posix.join(folder, 'package.json')} is missing.`);
  /** @type {unknown} */
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  const { version = '', license } = /** @type {{ version?: string, license?: unknown }} */ (manifest);
  return { version, license: typeof license === 'string' ? license : undefined };
}
