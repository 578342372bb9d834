/**
 * Every text that a person sees must be there in each language, and none for nothing: compares the calls of `t(…)` in src
 * with l10n/, and the %keys% of package.json with package.nls*.json.
 */
import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import typescript from 'typescript';
import { root } from './bootstrap.mjs';

/** @type {string[]} */
const complaints = [];

const bundles = await Array.fromAsync(glob('l10n/bundle.l10n.*.json', { cwd: root }));
if (bundles.length === 0) complaints.push('l10n/ holds no bundle.');
const messages = await messagesOfSource();
for (const bundle of bundles) compareBundle(bundle, await readStrings(bundle), messages);
await compareManifest();
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;

/** @returns {Promise<Set<string>>} The English texts. */
async function messagesOfSource() {
  /** @type {Set<string>} */
  const found = new Set();
  for (const file of await Array.fromAsync(glob('src/**/*.{ts,tsx}', { cwd: root }))) {
    const text = await readFile(join(root, file), 'utf8');
    const source = typescript.createSourceFile(file, text, typescript.ScriptTarget.Latest, true);
    /** @param {import('typescript').Node} node */
    const visit = (node) => {
      if (typescript.isCallExpression(node) && isTranslate(node.expression)) readCall(node, file, found);
      typescript.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

/**
 * `t(…)`, `anything.t(…)`.
 *
 * @param {import('typescript').Expression} callee
 */
function isTranslate(callee) {
  if (typescript.isPropertyAccessExpression(callee)) return callee.name.text === 't';
  return typescript.isIdentifier(callee) && callee.text === 't';
}

/**
 * @param {import('typescript').CallExpression} call
 * @param {string} file
 * @param {Set<string>} found
 */
function readCall(call, file, found) {
  const [message, ...parameters] = call.arguments;
  const { line } = call.getSourceFile().getLineAndCharacterOfPosition(call.getStart());
  const place = `${file.replaceAll('\\', '/')}:${line + 1}`;
  if (!message || !typescript.isStringLiteralLike(message)) {
    complaints.push(`${place}: the text is not a literal string, so that it cannot be collected.`);
    return;
  }
  const wanted = Math.max(-1, ...placeholders(message.text)) + 1;
  // Where a value is an element rather than a text, the sentence is split at its placeholder.
  const isSplit = typescript.isPropertyAccessExpression(call.parent) && call.parent.name.text === 'split';
  if (wanted !== parameters.length && !isSplit) {
    complaints.push(`${place}: the text has ${wanted} placeholders, the call ${parameters.length} values.`);
  }
  found.add(message.text);
}

/**
 * @param {string} bundle
 * @param {Readonly<Record<string, string>>} translations
 * @param {ReadonlySet<string>} wanted
 */
function compareBundle(bundle, translations, wanted) {
  compareKeys(bundle, Object.keys(translations), wanted);
  for (const [english, translation] of Object.entries(translations)) {
    if (placeholders(english).join() !== placeholders(translation).join()) {
      complaints.push(`${bundle}: the placeholders of "${english}" and of its translation differ.`);
    }
  }
}

async function compareManifest() {
  const manifest = await readFile(join(root, 'package.json'), 'utf8');
  const wanted = new Set(Array.from(manifest.matchAll(/"%([^%"]+)%"/g), ([, key]) => key ?? ''));
  for (const file of ['package.nls.json', 'package.nls.zh-cn.json']) {
    compareKeys(file, Object.keys(await readStrings(file)), wanted);
  }
}

/**
 * @param {string} file
 * @param {readonly string[]} present
 * @param {ReadonlySet<string>} wanted
 */
function compareKeys(file, present, wanted) {
  for (const key of wanted) if (!present.includes(key)) complaints.push(`${file} lacks "${key}".`);
  for (const key of present) if (!wanted.has(key)) complaints.push(`${file}: nothing uses "${key}".`);
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, string>>} By key; empty, with a complaint, when the file is missing.
 */
async function readStrings(file) {
  const path = join(root, file);
  if (!existsSync(path)) {
    complaints.push(`${relative(root, path)} is missing.`);
    return {};
  }
  /** @type {unknown} */
  const strings = JSON.parse(await readFile(path, 'utf8'));
  return /** @type {Record<string, string>} */ (strings);
}

/**
 * @param {string} text
 * @returns {number[]} The numbers of the placeholders, each once, in order.
 */
function placeholders(text) {
  const numbers = Array.from(text.matchAll(/\{(\d+)\}/g), ([, number]) => Number(number));
  return [...new Set(numbers)].sort((a, b) => a - b);
}
