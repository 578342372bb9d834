import {
  gatewayState,
  type GatewayHealth,
  type GatewayState,
} from '../../core/gatewaySettings/gatewayHealth';
import type { BalanceRecord, GatewayBalances } from '../cost/gatewayBalances';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import type { SecretKeyStore } from '../gateways/secretKeyStore';
import type { UnsupportedParameterEntry, UnsupportedParameters } from '../models/unsupportedParameters';
import type { GatewayChecks } from './gatewayChecks';

/** A gateway that the user has set up, with what is known about it. */
export interface GatewayRow {
  readonly gateway: KnownGateway;
  readonly hasKey: boolean;
  readonly state: GatewayState;
  readonly isBeingChecked: boolean;
  readonly health: GatewayHealth | undefined;
  /** The last check of the balance; undefined if there is none. */
  readonly balance: BalanceRecord | undefined;
  readonly isBalanceBeingChecked: boolean;
  /** What Parley has learned about the gateway's models. */
  readonly learned: readonly UnsupportedParameterEntry[];
}

/** What `readGatewayRows` reads. */
interface GatewayRowSources {
  readonly gateways: GatewayRegistry;
  readonly keys: SecretKeyStore;
  readonly unsupportedParameters: UnsupportedParameters;
  readonly checks: GatewayChecks;
  readonly balances: GatewayBalances;
}

/** Lists the gateways that are in the settings or have a key, in the order of the lists of models. */
export async function readGatewayRows({
  gateways,
  keys,
  unsupportedParameters,
  checks,
  balances,
}: GatewayRowSources): Promise<readonly GatewayRow[]> {
  const withKey = await keys.having(gateways.all());
  return gateways.all().flatMap((gateway): GatewayRow[] => {
    const hasKey = withKey.has(gateway.id);
    if (!gateway.configured && !hasKey) return [];
    const health = checks.of(gateway.id);
    const { baseUrl } = gateway;
    return [
      {
        gateway,
        hasKey,
        health,
        state: gatewayState({ baseUrl, needsKey: gateway.auth !== 'none', hasKey }, health),
        isBeingChecked: checks.isRunning(gateway.id),
        balance: balances.of(gateway),
        isBalanceBeingChecked: balances.isRunning(gateway.id),
        learned: unsupportedParameters.all().filter(({ gatewayId }) => gatewayId === gateway.id),
      },
    ];
  });
}
