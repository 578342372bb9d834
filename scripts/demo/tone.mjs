/**
 * A WAV file with a quiet tone: 8,000 samples of 16 bits in a second, one channel.
 *
 * @param {number} seconds
 * @returns {Buffer}
 */
export function tone(seconds) {
  const rate = 8_000;
  const samples = Math.round(seconds * rate);
  const file = Buffer.alloc(44 + 2 * samples);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(2 * rate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(2 * samples, 40);
  for (let index = 0; index < samples; index += 1)
    file.writeInt16LE(Math.round(3_000 * Math.sin((2 * Math.PI * 440 * index) / rate)), 44 + 2 * index);
  return file;
}
