/** How much of a file tells whether it is text; what git looks at, too. */
const lookedAt = 8_000;

/** Endings of files that no language model can read as text; lower case. */
const binaryEndings: ReadonlySet<string> = new Set(
  (
    '7z a aac aar avi avif bin bmp br bz2 class dat db deb dll dmg doc docx dylib ear eot exe flac gif gz heic ico icns ' +
    'iso jar jpeg jpg lib lz4 m4a m4v mkv mov mp3 mp4 mpeg mpg node o obj odp ods odt ogg otf pack parquet pdb pdf png ' +
    'ppt pptx psd pyc pyd pyo rar rpm so sqlite sqlite3 tar tgz tif tiff ttf vsix war wasm wav webm webp whl wmv woff ' +
    'woff2 xls xlsx xz zip zst'
  ).split(' '),
);

/** True when a file's name says that it is no text. */
export function hasBinaryName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 && binaryEndings.has(name.slice(dot + 1).toLowerCase());
}

/** True when a file's bytes are no text: a zero byte near the beginning, unless it begins as UTF-16 does. */
export function isBinary(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return !isWide && bytes.subarray(0, lookedAt).includes(0);
}
