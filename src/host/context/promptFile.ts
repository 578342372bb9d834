import * as v from 'valibot';
import { parse } from 'yaml';

/** The content of a prompt file (`NAME.prompt.md`). */
export interface PromptFile {
  /** Undefined if the front matter names none; the file name is used then. */
  readonly name: string | undefined;
  readonly description: string;
  readonly body: string;
}

/** The longest front matter, in characters. A longer one is read as part of the body. */
const longestFrontMatter = 10_000;
const frontMatterSchema = v.object({
  name: v.fallback(v.optional(v.string()), undefined),
  description: v.fallback(v.optional(v.string()), undefined),
});

/** Reads a prompt file: YAML front matter between `---` lines, then the body. Malformed front matter is ignored. */
export function readPromptFile(text: string): PromptFile {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const [whole, head] = /^---[ \t]*\n([\s\S]*?)\n?---[ \t]*(?:\n|$)/.exec(plain) ?? [];
  if (whole === undefined || head === undefined || head.length > longestFrontMatter) {
    return { name: undefined, description: '', body: plain.trim() };
  }
  const { name, description } = readFrontMatter(head);
  return {
    name: asName(name),
    description: (description ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, 300),
    body: plain.slice(whole.length).trim(),
  };
}

function readFrontMatter(head: string): v.InferOutput<typeof frontMatterSchema> {
  let value: unknown;
  try {
    value = parse(head, { maxAliasCount: 20, logLevel: 'silent' });
  } catch {
    // Not YAML. The body below it is still usable.
    return { name: undefined, description: undefined };
  }
  const result = v.safeParse(frontMatterSchema, value);
  return result.success ? result.output : { name: undefined, description: undefined };
}

/**
 * Turns a text into a prompt name, which can follow a slash: no spaces, slashes or control characters, at most 60 UTF-16 units.
 *
 * @returns undefined if nothing remains.
 */
export function asName(text: string | undefined): string | undefined {
  const name = (text ?? '')
    .trim()
    .replaceAll(/[\s/\\\p{Cc}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? undefined : name.slice(0, 60);
}
