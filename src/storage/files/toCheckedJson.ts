import { checksumLength, checksumOf } from './checksumOf';

const beforeChecksum = '{"checksum":"';
const afterChecksum = '","content":';
const end = '}\n';
const contentStart = beforeChecksum.length + checksumLength + afterChecksum.length;

/** A value as JSON with its checksum, so that `readCheckedJson` notices every change of a byte. */
export function toCheckedJson(content: unknown): string {
  const json = JSON.stringify(content);
  return beforeChecksum + checksumOf(json) + afterChecksum + json + end;
}

/** The value that `toCheckedJson` was given. Throws when anything about the text has changed since. */
export function readCheckedJson(text: string): unknown {
  const json = text.slice(contentStart, -end.length);
  const isWhole = text === beforeChecksum + checksumOf(json) + afterChecksum + json + end;
  if (!isWhole) throw new Error('The file is damaged.');
  return JSON.parse(json) as unknown;
}
