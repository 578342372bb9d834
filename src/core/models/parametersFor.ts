import { reasonOf, type FailureReason } from '../../shared/failure/failureReason';
import { formatModelReference, type ModelReference } from '../../shared/conversation/modelReference';
import { matchesGlob } from './matchesGlob';
import { problemWithParameter } from './parameterRules';

/** The parameters of a request, or the problem with one of them. */
export type CheckedParameters =
  | { readonly ok: true; readonly parameters: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problem: FailureReason };

/**
 * Collects the parameters for a model from the setting `parley.parameters`. The setting maps globs to parameters; every glob
 * that matches `gatewayId/modelId` counts, and later ones override earlier ones. A glob without a slash is compared with the
 * model id. A parameter outside of any glob is for every model. Adds nothing that the user did not set.
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
  // These two may come from different globs, so they are checked together at the end.
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

/** Parameters whose value is an object; other objects in the setting are the parameters of a glob. */
const objectParameters: ReadonlySet<string> = new Set([
  'logit_bias',
  'response_format',
  'reasoning',
  'metadata',
]);

function isUnderGlob(key: string, value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !objectParameters.has(key);
}
