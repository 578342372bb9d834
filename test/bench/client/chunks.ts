import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * What a gateway's chunks look like:
 * - `alike`: id, time and fingerprint are those of the stream, the content changes. Most gateways.
 * - `padded`: each has another random `obfuscation`, as OpenAI's own have.
 * - `changing`: each has another id, so that no chunk resembles the one before.
 */
export type ChunkKind = 'alike' | 'padded' | 'changing';

/** All kinds of chunks. */
export const chunkKinds: readonly ChunkKind[] = ['alike', 'padded', 'changing'];

const texts = ['tour', 'code', 'debounce', 'puzzle', 'puzzleThoughts', 'secondTry', 'story', 'wordCount'];

/** The JSON of each chunk of a stream, of about 290 bytes; the same at every call. `folder`: the top of the checkout. */
export function chunksOf(kind: ChunkKind, count: number, folder: string): string[] {
  const words = texts.flatMap((name) => wordsOf(`${folder}/scripts/demo/answers/${name}.md`));
  return Array.from({ length: count }, (_, index) => chunkOf(kind, index, words[index % words.length] ?? ''));
}

/** The JSON of one chunk. */
export function chunkOf(kind: ChunkKind, index: number, content: string): string {
  const hash = createHash('md5').update(String(index)).digest('base64url');
  return JSON.stringify({
    id: kind === 'changing' ? `chatcmpl-${hash}1234567` : 'chatcmpl-CeQ8vJ2mXr5LwT0bYpNdKf3hUa7sG',
    object: 'chat.completion.chunk',
    created: 1_790_000_000,
    model: 'gpt-5-2026-08-07',
    ...(kind !== 'padded' && { service_tier: 'default' }),
    system_fingerprint: 'fp_44709d6fcb',
    choices: [{ index: 0, delta: { content }, logprobs: null, finish_reason: null }],
    usage: null,
    ...(kind === 'padded' && { obfuscation: hash.slice(0, Math.max(4, 18 - content.length)) }),
  });
}

/** Pieces of the length of tokens: words with their blank, numbers, single marks, lone characters of Chinese. */
function wordsOf(file: string): string[] {
  return readFileSync(file, 'utf8').match(/ ?[a-z]{1,8}| ?\d{1,3}|\n+ *| +|[^\n]/giu) ?? [];
}
