import type { Translate } from '../../shared/kit/translate';
import { formatModelReference, type ModelReference } from '../../shared/conversation/modelReference';
import { describeModelRow } from '../models/describeModelRow';
import { chooseEffortForm, effortFormsFor, effortFormOfEntry } from '../models/effortForms';
import { originOf, type Gateway, type ModelDescription } from '../models/gateway';

/** A model as VS Code's own chat lists it. Stored in VS Code's global state. */
export interface OfferedModel {
  /** `gatewayId/modelId`, so that models of two gateways never have the same id. */
  readonly id: string;
  readonly name: string;
  /** The name of the model's family, by which VS Code chooses its prompts. */
  readonly family: string;
  readonly gatewayName: string;
  /** What is known about the model, in one line. */
  readonly about: string;
  /** Tokens. */
  readonly maxInput: number;
  readonly maxOutput: number;
  readonly tools: boolean;
  readonly pictures: boolean;
  /** The levels of effort that the user can choose from; absent for a model that takes none. */
  readonly efforts?: readonly string[];
}

/** What is known about a model. */
export interface OfferedModelFacts {
  readonly reference: ModelReference;
  readonly name: string;
  readonly model: ModelDescription;
  readonly gateway: Gateway;
  /** Tokens of prompt and answer together; null when unknown. */
  readonly contextWindow: number | null;
  /** What Parley learned from errors of the gateway; see `UnsupportedParameterMemory`. */
  readonly learned: ReadonlySet<string>;
}

/** The context window of an unknown model. A smaller one would make VS Code leave out half of its prompt. */
const usualWindow = 128_000;
/** The longest answer of such a model, in tokens. */
const usualOutput = 16_000;
/** The levels of effort that most models with reasoning take. */
const usualEfforts = ['none', 'low', 'medium', 'high'];

/**
 * Describes a model for VS Code's own chat. An ability that nothing is known about counts as present: without tools, a model is not
 * in the list of the agent, and Parley learns from the error of a gateway that refuses them.
 *
 * @param language The language of the user interface, for numbers.
 */
export function offeredModel(facts: OfferedModelFacts, t: Translate, language: string): OfferedModel {
  const { reference, name, model, gateway, learned } = facts;
  const window = Math.max(2, Math.floor(facts.contextWindow ?? usualWindow));
  const half = Math.floor(window / 2);
  const maxOutput = Math.min(model.maxOutput ?? Math.min(usualOutput, Math.floor(window / 4)), half);
  const efforts = takesEffort(facts) ? effortsOf(facts) : [];
  return {
    id: formatModelReference(reference),
    name,
    family: familyOf(reference.modelId),
    gatewayName: gateway.name,
    about: describeModelRow({ model, name, gatewayName: gateway.name }, t, language),
    maxInput: window - Math.max(1, maxOutput),
    maxOutput: Math.max(1, maxOutput),
    tools: model.tools !== false && !learned.has('tools'),
    pictures: model.vision !== false && !learned.has('array content'),
    ...(efforts.length > 0 && { efforts }),
  };
}

/** True if the gateway's list, the settings or a check say that the model has reasoning that can be set. */
function takesEffort({ model, learned }: OfferedModelFacts): boolean {
  return model.reasoning === true || [...learned].some((entry) => effortFormOfEntry(entry) !== undefined);
}

/** The levels that the model has not refused in each form. */
function effortsOf({ reference, gateway, learned }: OfferedModelFacts): readonly string[] {
  const host = /^https?:\/\/([^/:]+)/.exec(originOf(gateway.baseUrl) ?? '')?.[1] ?? '';
  const forms = effortFormsFor(host, gateway.id, reference.modelId);
  return usualEfforts.filter((level) => chooseEffortForm(forms, level, learned) !== undefined);
}

/** `claude-sonnet-4.5` for `anthropic/claude-sonnet-4.5:free`. */
function familyOf(modelId: string): string {
  const [family = ''] = (modelId.split('/').at(-1) ?? '').split(':');
  return family === '' ? modelId : family.toLowerCase();
}
