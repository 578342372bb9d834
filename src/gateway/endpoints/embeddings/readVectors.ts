/** What a reply holds, or why it is not what was asked for. */
export type ReadVectors =
  { readonly vectors: readonly Float32Array[]; readonly tokens: number } | { readonly problem: string };

/** The widest vector that is read. */
const mostCoordinates = 32_768;

/**
 * Reads the reply of `/v1/embeddings`: `{data: [{index, embedding}], usage}`, also inside an envelope `{code, data: …}`. A vector
 * is an array of numbers, or float32 in little-endian base64, whichever was asked for. The vectors are put in the order of
 * `index`; without any index, the order of the reply counts.
 *
 * @param count How many vectors were asked for.
 * @returns undefined if the reply has no list of vectors.
 */
export function readVectors(reply: unknown, count: number): ReadVectors | undefined {
  const { list, tokens } = findList(reply);
  if (list === undefined) return undefined;
  if (list.length !== count) return { problem: `The reply has ${list.length} vectors for ${count} texts.` };
  const vectors = new Map<number, Float32Array>();
  const hasIndexes = list.some((item) => typeof fieldsOf(item).get('index') === 'number');
  for (const [position, item] of list.entries()) {
    const fields = fieldsOf(item);
    const index = hasIndexes ? Number(fields.get('index')) : position;
    if (!Number.isInteger(index) || index < 0 || index >= count || vectors.has(index))
      return { problem: 'The reply names its vectors by wrong indexes.' };
    const vector = readVector(fields.get('embedding'));
    if (vector === undefined) return { problem: `Vector ${index} is not a list of numbers.` };
    vectors.set(index, vector);
  }
  const ordered = Array.from({ length: count }, (_, index) => vectors.get(index) ?? new Float32Array(0));
  const width = ordered[0]?.length ?? 0;
  if (ordered.some((vector) => vector.length !== width))
    return { problem: 'The vectors of the reply have different widths.' };
  if (ordered.every((vector) => vector.every((coordinate) => coordinate === 0)))
    return { problem: 'The vectors of the reply are all zero.' };
  return { vectors: ordered, tokens };
}

/** The list of vectors and the counted tokens, at most two envelopes deep. */
function findList(reply: unknown): { readonly list?: readonly unknown[]; readonly tokens: number } {
  let tokens = 0;
  let value = reply;
  for (let depth = 0; depth < 3; depth += 1) {
    const fields = fieldsOf(value);
    const usage = fieldsOf(fields.get('usage'));
    tokens = countOf(usage.get('total_tokens')) || countOf(usage.get('prompt_tokens')) || tokens;
    const data = fields.get('data');
    if (Array.isArray(data)) return { list: data as readonly unknown[], tokens };
    value = data;
  }
  return { tokens };
}

function readVector(value: unknown): Float32Array | undefined {
  const vector = typeof value === 'string' ? fromBase64(value) : fromNumbers(value);
  if (vector === undefined || vector.length === 0 || vector.length > mostCoordinates) return undefined;
  return vector.every((coordinate) => Number.isFinite(coordinate)) ? vector : undefined;
}

function fromNumbers(value: unknown): Float32Array | undefined {
  if (!Array.isArray(value)) return undefined;
  const numbers = value as readonly unknown[];
  const isNumbers = numbers.every((coordinate) => typeof coordinate === 'number');
  return isNumbers ? Float32Array.from(numbers) : undefined;
}

function fromBase64(text: string): Float32Array | undefined {
  if (text.length > mostCoordinates * 6 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length % 4 !== 0) return undefined;
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}
