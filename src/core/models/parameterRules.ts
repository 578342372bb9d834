import { reasonOf, type FailureReason } from '../../shared/failure/failureReason';

/** The allowed values of a request parameter, from the documentation of the gateways. `package.json` states the same rules. */
type ParameterRule =
  | { readonly type: 'number' | 'integer'; readonly minimum?: number; readonly maximum?: number }
  | { readonly type: 'boolean' | 'string' | 'object' }
  /** A string, or an array of 1 to `maximum` strings. */
  | { readonly type: 'strings'; readonly maximum: number }
  /** An object that maps token ids to numbers. */
  | { readonly type: 'biases'; readonly minimum: number; readonly maximum: number }
  /** A field that Parley sets itself. */
  | { readonly type: 'reserved' };

/** The parameters that Parley checks. Any other parameter is sent as it is. */
export const parameterRules: Readonly<Record<string, ParameterRule>> = {
  temperature: { type: 'number', minimum: 0, maximum: 2 },
  top_p: { type: 'number', minimum: 0, maximum: 1 },
  // The gateways state no maximum. This one limits the cost of a typing error.
  n: { type: 'integer', minimum: 1, maximum: 8 },
  max_tokens: { type: 'integer', minimum: 1 },
  max_completion_tokens: { type: 'integer', minimum: 1 },
  stop: { type: 'strings', maximum: 4 },
  presence_penalty: { type: 'number', minimum: -2, maximum: 2 },
  frequency_penalty: { type: 'number', minimum: -2, maximum: 2 },
  logit_bias: { type: 'biases', minimum: -100, maximum: 100 },
  seed: { type: 'integer' },
  user: { type: 'string' },
  reasoning_effort: { type: 'string' },
  response_format: { type: 'object' },
  logprobs: { type: 'boolean' },
  top_logprobs: { type: 'integer', minimum: 0, maximum: 20 },
  model: { type: 'reserved' },
  messages: { type: 'reserved' },
  stream: { type: 'reserved' },
};

/** The problem with a parameter's value (name, range and value); undefined for a valid value and an unknown parameter. */
export function problemWithParameter(parameter: string, value: unknown): FailureReason | undefined {
  // A parameter may have the name of an inherited property, such as `constructor`.
  const rule = Object.hasOwn(parameterRules, parameter) ? parameterRules[parameter] : undefined;
  if (rule === undefined || fits(rule, value)) return undefined;
  return problemWith(rule, parameter, JSON.stringify(value));
}

function fits(rule: ParameterRule, value: unknown): boolean {
  switch (rule.type) {
    case 'number':
    case 'integer':
      return isWithin(rule, value) && (rule.type === 'number' || Number.isInteger(value));
    case 'boolean':
    case 'string':
      return typeof value === rule.type;
    case 'object':
      return isObject(value);
    case 'strings':
      return (
        typeof value === 'string' ||
        (Array.isArray(value) &&
          value.length >= 1 &&
          value.length <= rule.maximum &&
          value.every((item) => typeof item === 'string'))
      );
    case 'biases':
      return (
        isObject(value) &&
        Object.entries(value).every(([token, bias]) => /^[0-9]+$/.test(token) && isWithin(rule, bias))
      );
    case 'reserved':
      return false;
  }
}

function isWithin(range: { readonly minimum?: number; readonly maximum?: number }, value: unknown): boolean {
  const { minimum = -Infinity, maximum = Infinity } = range;
  return typeof value === 'number' && Number.isFinite(value) && value >= minimum && value <= maximum;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function problemWith(rule: ParameterRule, name: string, value: string): FailureReason {
  switch (rule.type) {
    case 'number':
    case 'integer': {
      const { type, minimum, maximum } = rule;
      if (minimum === undefined) return reasonOf(`parameter-${type}`, name, value);
      if (maximum === undefined) return reasonOf(`parameter-${type}-from`, name, String(minimum), value);
      return reasonOf(`parameter-${type}-between`, name, String(minimum), String(maximum), value);
    }
    case 'strings':
      return reasonOf('parameter-strings', name, String(rule.maximum), value);
    case 'biases':
      return reasonOf('parameter-biases', name, String(rule.minimum), String(rule.maximum), value);
    case 'reserved':
      return reasonOf('parameter-reserved', name);
    default:
      return reasonOf(`parameter-${rule.type}`, name, value);
  }
}
