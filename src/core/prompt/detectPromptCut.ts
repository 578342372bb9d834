import type { Usage } from '../../shared/answer/usage';
import { promptCutMark } from '../../shared/failure/nameOfUnsupportedParameter';

/** Shortest prompt that is checked, in tokens: no server cuts a shorter one, and the estimate for it is inaccurate. */
const shortestPrompt = 800;
/** No server has a smaller context window, in tokens: a lower count in the reply means something else. */
const smallestWindow = 256;
/** The prompt was cut if the gateway counted less than this share of the estimate, without and with calibration. */
const cutBelow = { estimated: 0.4, calibrated: 0.6 };

/**
 * Detects from the gateway's token count that the server cut the prompt. Servers with a small context window (Ollama, older
 * llama.cpp) drop the beginning of a long prompt without an error.
 *
 * @param expected Parley's estimate of the prompt's tokens.
 * @param isCalibrated True when earlier answers of the same model have corrected the estimate.
 * @returns The entry for the answer's list of omitted parts, `prompt READ/EXPECTED`; undefined when there is no sign of a cut.
 */
export function detectPromptCut(usage: Usage, expected: number, isCalibrated: boolean): string | undefined {
  const { promptTokens, cachedTokens = 0, estimated } = usage;
  if (promptTokens === undefined || estimated === true || expected < shortestPrompt) return undefined;
  // Some gateways include the cached tokens in `promptTokens`, others do not.
  const read = promptTokens + cachedTokens;
  const limit = isCalibrated ? cutBelow.calibrated : cutBelow.estimated;
  if (read < smallestWindow || read >= expected * limit) return undefined;
  return `${promptCutMark}${read}/${expected}`;
}
