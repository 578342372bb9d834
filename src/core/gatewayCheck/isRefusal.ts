import { endpointOfEntry } from '../models/chatEndpoint';
import { effortFormOfEntry } from '../models/effortForms';
import { learnedCompletionForm } from './checkCompletions';

/** False for an entry of `UnsupportedParameterMemory` that says what works: an endpoint, or a form of thinking or of completions. */
export function isRefusal(entry: string): boolean {
  return (
    endpointOfEntry(entry) === undefined &&
    effortFormOfEntry(entry) === undefined &&
    learnedCompletionForm([entry]) === undefined
  );
}
