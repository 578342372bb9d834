/** The longest id of a task, in characters. */
const longestId = 500;
/** A field with an integer that JavaScript cannot hold. */
const longNumber = /"(\w{1,30})"\s{0,20}:\s{0,20}(\d{16,40})(?![\d.eE])/g;

/**
 * An id as text. Ids may be numbers of 19 digits, which JavaScript cannot hold: those are read from the text of the reply.
 *
 * @param value The id as JSON has it.
 * @param field The name of its field.
 * @param text The reply.
 */
export function taskId(value: unknown, field: string, text: string): string | undefined {
  if (typeof value === 'string') {
    const id = value.trim();
    return id === '' || id.length > longestId ? undefined : id;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  if (Number.isSafeInteger(value)) return String(value);
  for (const [, name, digits = ''] of text.matchAll(longNumber))
    if (name === field && Number(digits) === value) return digits;
  return undefined;
}
