import type { Usage } from '../../shared/answer/usage';

/** A shorter prompt is not cut, and our estimate of it is too rough; in tokens. */
const smallest = 800;
/** What a gateway counts below this is no window of any server, but a count that means something else; in tokens. */
const smallestWindow = 256;
/** Below these parts of our estimate a gateway has not read the whole prompt: before and after our estimate was corrected. */
const cutBelow = { estimated: 0.4, calibrated: 0.6 };

const mark = 'prompt ';

/**
 * What an answer is marked with, as a part of its request that was left out, when its gateway seems to have read only a part
 * of the prompt: servers with a small window (Ollama, older llama.cpp) cut a long prompt without a word, and answer what is
 * left. Undefined when there is no sign of that.
 *
 * @param expected Our count of the prompt's tokens.
 * @param isCalibrated True when earlier answers of the same model have corrected our count.
 */
export function promptCut(usage: Usage, expected: number, isCalibrated: boolean): string | undefined {
  const { promptTokens, cachedTokens = 0, estimated } = usage;
  if (promptTokens === undefined || estimated === true || expected < smallest) return undefined;
  // Some gateways count what was cached apart, others within.
  const read = promptTokens + cachedTokens;
  const limit = isCalibrated ? cutBelow.calibrated : cutBelow.estimated;
  if (read < smallestWindow || read >= expected * limit) return undefined;
  return `${mark}${read}/${expected}`;
}
