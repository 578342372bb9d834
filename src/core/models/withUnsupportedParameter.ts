import { endpointOfEntry } from './chatEndpoint';
import { effortFormOfEntry } from './effortForms';

/** Pairs of which a gateway supports only one: if it rejects one of them, it needs the other. */
const opposites: Readonly<Record<string, string | undefined>> = {
  reasoning_content: 'missing reasoning_content',
  'missing reasoning_content': 'reasoning_content',
  'thinking budget': 'adaptive thinking',
  'adaptive thinking': 'thinking budget',
};

/**
 * Adds `parameter` to the unsupported parameters of a model, as the last one. Removes its opposite: the newer
 * observation is the right one.
 */
export function withUnsupportedParameter(known: Iterable<string>, parameter: string): readonly string[] {
  const isEndpoint = endpointOfEntry(parameter) !== undefined;
  const effortForm = effortFormOfEntry(parameter);
  const kept = [...known].filter(
    (other) =>
      other !== parameter &&
      other !== opposites[parameter] &&
      !(isEndpoint && endpointOfEntry(other) !== undefined) &&
      // A model has one form that works, and that form is no longer refused.
      !(effortForm !== undefined && (other === effortForm || effortFormOfEntry(other) !== undefined)),
  );
  return [...kept, parameter];
}
