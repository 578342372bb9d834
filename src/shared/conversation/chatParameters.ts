import * as v from 'valibot';
import { generationSettingsSchema, type GenerationSettings } from '../answer/generation';

/** Longest system text of a chat, in UTF-16 units. */
export const longestSystemText = 50_000;

/** What a chat sends beside its messages. Nothing is sent for an absent field, unless the settings say so. */
export const chatParametersSchema = v.object({
  temperature: v.exactOptional(v.number()),
  /** The request field `reasoning_effort`: "low", "medium", "high" or another value that the model knows. */
  effort: v.exactOptional(v.string()),
  /** Added to the system message, after the setting `parley.instructions`. */
  systemText: v.exactOptional(v.string()),
  /** For models that make pictures, video or music. */
  generation: v.exactOptional(generationSettingsSchema),
});

/** What a chat sends beside its messages. */
export type ChatParameters = v.InferOutput<typeof chatParametersSchema>;

/** True when two chats send the same. */
export function areSameParameters(one: ChatParameters, other: ChatParameters): boolean {
  return (
    one.temperature === other.temperature &&
    one.effort === other.effort &&
    one.systemText === other.systemText &&
    areSameSettings(one.generation, other.generation)
  );
}

/** True when the chat itself sends nothing. */
export function isDefault(parameters: ChatParameters): boolean {
  return areSameParameters(parameters, {});
}

function areSameSettings(one: GenerationSettings = {}, other: GenerationSettings = {}): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof GenerationSettings>;
  return [...names].every((name) => one[name] === other[name]);
}
