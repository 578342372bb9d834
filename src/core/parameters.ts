import { formatModelReference, type ModelReference } from '../shared/modelReference';

/** A range that a request parameter must keep, from the gateways' documents. */
interface NumberRule {
  readonly type: 'number' | 'integer';
  readonly minimum?: number;
  readonly maximum?: number;
}

const numberRules: Readonly<Record<string, NumberRule>> = {
  temperature: { type: 'number', minimum: 0, maximum: 2 },
  top_p: { type: 'number', minimum: 0, maximum: 1 },
  max_tokens: { type: 'integer', minimum: 1 },
  max_completion_tokens: { type: 'integer', minimum: 1 },
  presence_penalty: { type: 'number', minimum: -2, maximum: 2 },
  frequency_penalty: { type: 'number', minimum: -2, maximum: 2 },
  seed: { type: 'integer' },
};

/** Fields that Parley fills itself; setting them would break the request. */
const reserved: ReadonlySet<string> = new Set(['model', 'messages', 'stream', 'n']);

/** The parameters for one request, or what is wrong with them in one line: name, range and value. */
export type CheckedParameters =
  | { readonly ok: true; readonly parameters: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problem: string };

/**
 * Collects the parameters for a model from the setting `parley.parameters`: every glob that matches
 * `gatewayId/modelId` counts, a later one overrides an earlier. Nothing is added that the user did
 * not set, and a value out of range is reported instead of sent.
 */
export function parametersFor(
  setting: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  model: ModelReference,
): CheckedParameters {
  const name = formatModelReference(model);
  const parameters: Record<string, unknown> = {};
  for (const [glob, values] of Object.entries(setting)) {
    if (matchesGlob(glob, name)) Object.assign(parameters, values);
  }
  for (const [parameter, value] of Object.entries(parameters)) {
    const problem = problemWith(parameter, value);
    if (problem !== undefined) return { ok: false, problem };
  }
  return { ok: true, parameters };
}

/** `*` stands for any run of characters, slashes included, since model ids hold slashes; `?` for one character. */
export function matchesGlob(glob: string, text: string): boolean {
  const pattern = glob
    .replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`, 'su').test(text);
}

function problemWith(parameter: string, value: unknown): string | undefined {
  if (reserved.has(parameter)) return `${parameter} cannot be set`;
  if (parameter === 'stop') return problemWithStop(value);
  const rule = numberRules[parameter];
  if (rule === undefined) return undefined;
  const { type, minimum, maximum } = rule;
  const fits =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (type === 'number' || Number.isInteger(value)) &&
    (minimum === undefined || value >= minimum) &&
    (maximum === undefined || value <= maximum);
  return fits ? undefined : `${parameter} must be ${describeRule(rule)}, not ${JSON.stringify(value)}`;
}

function describeRule({ type, minimum, maximum }: NumberRule): string {
  const kind = type === 'integer' ? 'an integer' : 'a number';
  if (minimum !== undefined && maximum !== undefined) return `${kind} from ${minimum} to ${maximum}`;
  return minimum === undefined ? kind : `${kind} of at least ${minimum}`;
}

function problemWithStop(value: unknown): string | undefined {
  if (typeof value === 'string') return undefined;
  const fits =
    Array.isArray(value) &&
    value.length >= 1 &&
    value.length <= 4 &&
    value.every((item) => typeof item === 'string');
  return fits ? undefined : `stop must be a string or 1 to 4 strings, not ${JSON.stringify(value)}`;
}
