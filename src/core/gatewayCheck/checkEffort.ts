import { chooseEffortForm, effortFields, effortFormsFor, type EffortField } from '../models/effortForms';
import { originOf } from '../models/gateway';
import type { Failure } from '../../shared/failure/failure';
import { askCheckQuestion, checkQuestions, type CheckAnswer, type CheckConnection } from './checkQuestion';

/** What a check of the thinking effort found. */
export type EffortResult =
  | {
      readonly kind: 'checked';
      /** The form that changed whether the model thinks; undefined if none did. */
      readonly works: EffortField | undefined;
      /** Whether the model thinks without any field. */
      readonly thinks: boolean;
      readonly refused: readonly EffortField[];
      /** Accepted without any effect. */
      readonly ignored: readonly EffortField[];
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' };

/** Most forms that are tried, because each costs an answer. */
const mostForms = 4;

/**
 * Finds out in which form a model takes a thinking effort: asks once without any, then in each form until one changes whether the
 * model thinks. A gateway may accept a field and ignore it, so an answer alone proves nothing. Never rejects.
 */
export async function checkEffort(connection: CheckConnection): Promise<EffortResult> {
  const parameters = withoutEffort(connection.route.parameters);
  const plain: CheckConnection = { ...connection, route: { ...connection.route, parameters } };
  const before = await askCheckQuestion(plain, checkQuestions.answer);
  if (before.ending.outcome === 'cancelled') return { kind: 'cancelled' };
  if (before.ending.outcome === 'failed') return { kind: 'failed', failure: before.ending.failure };
  const level = before.thinks ? 'none' : 'medium';
  const { gateway } = connection.route;
  const host = originOf(gateway.baseUrl)?.split('://')[1]?.split(':')[0] ?? '';
  const forms = effortFormsFor(host, gateway.id, connection.modelId);
  const candidates = [...forms, ...effortFields.filter((field) => !forms.includes(field))].slice(
    0,
    mostForms,
  );
  const refused: EffortField[] = [];
  const ignored: EffortField[] = [];
  for (const field of candidates) {
    const written = chooseEffortForm([field], level, new Set())?.write(level, (one) => one !== field);
    if (written === undefined) continue;
    const answer = await askCheckQuestion(plain, { ...checkQuestions.answer, parameters: written });
    if (answer.ending.outcome === 'cancelled') return { kind: 'cancelled' };
    if (isRefusal(answer, field)) refused.push(field);
    else if (answer.ending.outcome !== 'failed' && answer.thinks !== before.thinks)
      return { kind: 'checked', works: field, thinks: before.thinks, refused, ignored };
    else ignored.push(field);
  }
  return { kind: 'checked', works: undefined, thinks: before.thinks, refused, ignored };
}

function isRefusal({ ending, unsupportedParameters }: CheckAnswer, field: EffortField): boolean {
  return (
    unsupportedParameters.some((part) => part.split(' ')[0] === field) ||
    (ending.outcome === 'failed' && ending.failure.kind === 'bad-request')
  );
}

/** The user's fields without those that ask for thinking. */
function withoutEffort(parameters: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const fields: ReadonlySet<string> = new Set([...effortFields, 'thinking_budget', 'n']);
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !fields.has(name)));
}
