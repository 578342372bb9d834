/** The arguments of a tool call. */
type Arguments = Readonly<Record<string, unknown>>;

/**
 * Reads the arguments that a model wrote for a tool call. Repairs mistakes that leave no doubt about their meaning: a JSON object
 * in a JSON string, in a Markdown fence, or with line breaks inside of its strings. Never completes JSON that ends early.
 *
 * @returns Undefined if the text is not a JSON object.
 */
export function readArguments(text: string): Arguments | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return {};
  for (const candidate of [trimmed, withoutFence(trimmed), escapeControls(trimmed)]) {
    const value = parse(candidate);
    const object = asArguments(typeof value === 'string' ? parse(value) : value);
    if (object !== undefined) return object;
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function asArguments(value: unknown): Arguments | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Arguments)
    : undefined;
}

/** The content of a Markdown fence that is the whole text. */
function withoutFence(text: string): string {
  const end = text.indexOf('\n');
  if (!text.startsWith('```') || !text.endsWith('```') || end < 0) return text;
  return text.slice(end, -3);
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Escapes control characters inside of JSON strings, where JSON forbids them. */
function escapeControls(text: string): string {
  let isInString = false;
  let escaped = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isInString && character === '\\') {
      escaped += character + text.charAt(at + 1);
      at += 1;
      continue;
    }
    if (character === '"') isInString = !isInString;
    escaped += isInString ? (escapes[character] ?? character) : character;
  }
  return escaped;
}
