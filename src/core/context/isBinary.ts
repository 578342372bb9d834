import { baseName } from '../text/baseName';

/** How many bytes are searched for a zero byte. Git's heuristic, `buffer_is_binary`, uses the same number. */
const bytesSearched = 8_000;

/** Extensions of files that no language model can read as text. Lower case. */
const binaryExtensions: ReadonlySet<string> = new Set(
  (
    '7z a aac aar avi avif bin bmp br bz2 class dat db deb dll dmg doc docx dylib ear eot exe flac gif gz heic ico icns ' +
    'iso jar jpeg jpg lib lz4 m4a m4v mkv mov mp3 mp4 mpeg mpg node o obj odp ods odt ogg otf pack parquet pdb pdf png ' +
    'ppt pptx psd pyc pyd pyo rar rpm so sqlite sqlite3 tar tgz tif tiff ttf vsix war wasm wav webm webp whl wmv woff ' +
    'woff2 xls xlsx xz zip zst'
  ).split(' '),
);

/** Longest text that is read from a binary file, in UTF-16 units: most of it has no meaning but costs tokens. */
export const longestBinaryText = 20_000;

/** True when a file's extension belongs to a binary format. */
export function hasBinaryName(path: string): boolean {
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return dot > 0 && binaryExtensions.has(name.slice(dot + 1).toLowerCase());
}

/** True for bytes that are not text: there is a zero byte in the first 8,000, and no byte order mark of UTF-16. */
export function isBinary(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return !isUtf16 && bytes.subarray(0, bytesSearched).includes(0);
}

/**
 * The readable text of a binary file. Each stretch of unreadable characters becomes one `\uFFFD`.
 *
 * @param decoded The file's bytes, decoded as UTF-8 without an error for invalid bytes.
 * @returns At most `longestBinaryText` units; `truncated` is true when the file has more.
 */
export function textOfBinary(decoded: string): { readonly text: string; readonly truncated: boolean } {
  const readable = decoded.replaceAll(/[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\uFFFD]+/gu, (stretch) =>
    /^[\t\r\n]+$/.test(stretch) ? stretch : '\uFFFD',
  );
  const truncated = readable.length > longestBinaryText;
  // The cut may leave the first half of a surrogate pair.
  return { text: readable.slice(0, longestBinaryText).replace(/[\uD800-\uDBFF]$/, ''), truncated };
}
