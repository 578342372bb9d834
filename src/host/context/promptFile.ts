import * as v from 'valibot';
import { parse } from 'yaml';

/** A prompt of a file. */
export interface PromptFile {
  /** Undefined when the file does not say; its file name counts then. */
  readonly name: string | undefined;
  readonly description: string;
  readonly body: string;
}

/** The head of a prompt file is a few lines; more than this, in characters, is no head. */
const longestHead = 10_000;
const headSchema = v.object({
  name: v.fallback(v.optional(v.string()), undefined),
  description: v.fallback(v.optional(v.string()), undefined),
});

/** Reads a prompt file. Where its front matter is malformed, the body counts all the same. */
export function readPromptFile(text: string): PromptFile {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const [whole, head] = /^---[ \t]*\n([\s\S]*?)\n?---[ \t]*(?:\n|$)/.exec(plain) ?? [];
  if (whole === undefined || head === undefined || head.length > longestHead) {
    return { name: undefined, description: '', body: plain.trim() };
  }
  const { name, description } = readHead(head);
  return {
    name: asName(name),
    description: (description ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, 300),
    body: plain.slice(whole.length).trim(),
  };
}

function readHead(head: string): v.InferOutput<typeof headSchema> {
  let value: unknown;
  try {
    value = parse(head, { maxAliasCount: 20, logLevel: 'silent' });
  } catch {
    // Not YAML: what was meant cannot be known, and the prompt itself is below.
    return { name: undefined, description: undefined };
  }
  const result = v.safeParse(headSchema, value);
  return result.success ? result.output : { name: undefined, description: undefined };
}

/** What can follow a slash: no spaces, no control characters, not long. */
export function asName(text: string | undefined): string | undefined {
  const name = (text ?? '')
    .trim()
    .replaceAll(/[\s/\\\p{Cc}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? undefined : name.slice(0, 60);
}
