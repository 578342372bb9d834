import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How a fake recorder works. */
interface FakeRecording {
  /** The loudness of its samples; 0 for silence. */
  readonly amplitude?: number;
  /** It writes this to its error output and ends at once. */
  readonly refusal?: string;
  /** It ignores the request to end. */
  readonly hangs?: boolean;
}

/**
 * Writes a program that records a tone: raw samples of 16 bits at 16,000 a second, ten times faster than a microphone. It writes its
 * process id to `NAME.pid` beside it.
 *
 * @returns The path of the program.
 */
export async function writeFakeRecorder(
  folder: string,
  name: string,
  { amplitude = 8_000, refusal, hangs = false }: FakeRecording = {},
): Promise<string> {
  const path = join(folder, name);
  const script = `#!${process.execPath}
const { writeFileSync } = require('node:fs');
writeFileSync(${JSON.stringify(`${path}.pid`)}, String(process.pid));
const refusal = ${JSON.stringify(refusal ?? null)};
if (refusal !== null) {
  console.error(refusal);
  process.exit(1);
}
if (${String(hangs)}) process.on('SIGTERM', () => {});
process.stdout.on('error', () => process.exit());
const samples = Int16Array.from({ length: 1600 }, (_, at) => Math.round(Math.sin(at / 6) * ${amplitude}));
setInterval(() => process.stdout.write(Buffer.from(samples.buffer)), 10);
`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return path;
}
