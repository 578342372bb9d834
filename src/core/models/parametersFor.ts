import { reasonOf, type FailureReason } from '../../shared/failure/failureReason';
import { formatModelReference, type ModelReference } from '../../shared/conversation/modelReference';
import { problemWithParameter } from './parameterRules';

/** The parameters for one request, or what is wrong with them: name, range and value. */
export type CheckedParameters =
  | { readonly ok: true; readonly parameters: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problem: FailureReason };

/**
 * Collects the parameters for a model from the setting `parley.parameters`: every glob that matches
 * `gatewayId/modelId` counts, a later one overrides an earlier. A glob without a slash is one over the model's id, and a
 * parameter that stands under no glob is for every model. Nothing is added that the user did not set, and a value out of range is
 * reported instead of sent.
 */
export function parametersFor(
  setting: Readonly<Record<string, unknown>>,
  model: ModelReference,
): CheckedParameters {
  const name = formatModelReference(model);
  const parameters: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(setting)) {
    if (!isUnderGlob(key, value)) parameters[key] = value;
    else if (matchesGlob(key, key.includes('/') ? name : model.modelId) || matchesGlob(key, name))
      Object.assign(parameters, value);
  }
  for (const [parameter, value] of Object.entries(parameters)) {
    const problem = problemWithParameter(parameter, value);
    if (problem !== undefined) return { ok: false, problem };
  }
  // The two may stand under different patterns, so this is for the whole to say.
  const { logprobs, top_logprobs: alternatives } = parameters;
  if (alternatives !== undefined && logprobs !== true) {
    return {
      ok: false,
      problem: reasonOf(
        'parameter-alternatives',
        logprobs === undefined ? 'undefined' : JSON.stringify(logprobs),
      ),
    };
  }
  return { ok: true, parameters };
}

/** Parameters whose own value is an object. */
const objectParameters: ReadonlySet<string> = new Set([
  'logit_bias',
  'response_format',
  'reasoning',
  'metadata',
]);

function isUnderGlob(key: string, value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !objectParameters.has(key);
}

/** `*` stands for any run of characters, slashes included, since model ids hold slashes; `?` for one character. */
export function matchesGlob(glob: string, text: string): boolean {
  const pattern = glob
    .replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`, 'su').test(text);
}
