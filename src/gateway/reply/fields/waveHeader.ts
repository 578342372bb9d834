/** Samples per second of raw sound that states no rate (OpenAI, "Audio and speech"). */
const usualRate = 24_000;
const bytesPerSample = 2;

/**
 * The 44 bytes that make a WAV file of raw PCM: 16 bits, little-endian, one channel.
 *
 * @param length Of the samples, in bytes.
 * @param rate Samples per second.
 */
export function waveHeader(length: number, rate = usualRate): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * bytesPerSample, 28);
  header.writeUInt16LE(bytesPerSample, 32);
  header.writeUInt16LE(8 * bytesPerSample, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(length, 40);
  return header;
}
