import { randomUUID } from 'node:crypto';

/** A file of a form. */
export interface FormFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** A form as the body of a request. */
interface EncodedForm {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/**
 * Encodes a form (RFC 7578). The order of the fields is kept.
 *
 * @param boundary Separates the fields. Random if absent.
 */
export function encodeForm(
  fields: readonly (readonly [name: string, value: string | FormFile])[],
  boundary = `parley-${randomUUID()}`,
): EncodedForm {
  const pieces = fields.flatMap(([name, value]) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`;
    if (typeof value === 'string') return [Buffer.from(`${head}\r\n\r\n${value}\r\n`)];
    const file = `${head}; filename="${quoted(value.name)}"\r\nContent-Type: ${value.mimeType}\r\n\r\n`;
    return [Buffer.from(file), value.bytes, Buffer.from('\r\n')];
  });
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

/** A value in quotes, encoded as browsers do it (HTML, section 4.10.22.8). */
function quoted(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}
