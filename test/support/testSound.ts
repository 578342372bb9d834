import { tone } from '../../scripts/demo/tone.mjs';

/** A WAV file with a quiet tone. */
export function testSound(seconds: number): Buffer {
  return tone(seconds);
}
