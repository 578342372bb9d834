import type { Translate } from '../kit/translate';
import type { Failure } from './failure';
import { describeReason } from './failureReason';

/** The words of the gateway or the system, or Parley's own words in the user's language; undefined without any. */
export function detailOf({ detail, reason }: Failure, t: Translate): string | undefined {
  return (reason === undefined ? undefined : describeReason(reason, t)) ?? detail;
}
