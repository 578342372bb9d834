import * as v from 'valibot';
import { failureSchema } from '../../shared/failure/failure';

/** The schema of the last check of a gateway: a request for its list of models. These field names are on the user's disk. */
export const gatewayHealthSchema = v.object({
  gatewayId: v.string(),
  /** The address that was checked. After a change of the address, the check says nothing. */
  baseUrl: v.string(),
  /** The end of the check, in milliseconds since the epoch. */
  at: v.number(),
  /** How many models the gateway lists. */
  models: v.number(),
  failure: v.exactOptional(failureSchema),
});

/** The last check of a gateway. */
export type GatewayHealth = v.InferOutput<typeof gatewayHealthSchema>;

/** The state of a gateway in a list. */
export type GatewayState =
  | 'ready'
  /** It needs a key and none is stored. */
  | 'no-key'
  | 'key-rejected'
  /** The check failed for another reason. */
  | 'failed'
  | 'unchecked';

/** How long a check counts, in milliseconds. */
const validity = 60_000;

/** The state of a gateway from whether it has a key and its last check. */
export function gatewayState(
  gateway: { readonly baseUrl: string; readonly needsKey: boolean; readonly hasKey: boolean },
  health: GatewayHealth | undefined,
): GatewayState {
  if (gateway.needsKey && !gateway.hasKey) return 'no-key';
  if (health?.baseUrl !== gateway.baseUrl) return 'unchecked';
  if (health.failure === undefined) return 'ready';
  return health.failure.kind === 'unauthorized' ? 'key-rejected' : 'failed';
}

/** True if the gateway must be checked: it was never checked, the check is older than a minute, or its time is in the future. */
export function isOutdated(health: GatewayHealth | undefined, baseUrl: string, now: number): boolean {
  return health?.baseUrl !== baseUrl || health.at > now || now - health.at > validity;
}
