import type { ChatParameters } from '../../shared/conversation/chatParameters';
import type { Translate } from '../../shared/kit/translate';
import { effortNames } from './effortNames';

/** What the parameters say, in a few words for each; empty where nothing is set. */
export function describeParameters(
  { temperature, effort, systemText }: ChatParameters,
  t: Translate,
): readonly string[] {
  return [
    ...(temperature === undefined ? [] : [t('Temperature: {0}', String(temperature))]),
    ...(effort === undefined ? [] : [t('Effort: {0}', effortNames(t).get(effort) ?? effort)]),
    ...(systemText === undefined ? [] : [t('System Text')]),
  ];
}
