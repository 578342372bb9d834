import { equal } from 'node:assert/strict';
import {
  gatewayState,
  isOutdated,
  type GatewayHealth,
} from '../../../../src/core/gatewaySettings/gatewayHealth';

const baseUrl = 'https://lab.example/v1';
const healthy: GatewayHealth = { gatewayId: 'lab', baseUrl, at: 1_000_000, models: 3 };
const gateway = { baseUrl, needsKey: true, hasKey: true };

describe('the state of a gateway', () => {
  it('is ready after a check without a failure', () => {
    equal(gatewayState(gateway, healthy), 'ready');
  });

  it('is "no key" if a key is needed and none is stored, even after a successful check', () => {
    equal(gatewayState({ ...gateway, hasKey: false }, healthy), 'no-key');
    equal(gatewayState({ ...gateway, hasKey: false, needsKey: false }, healthy), 'ready');
  });

  it('tells a rejected key from other failures', () => {
    const failing = (kind: 'unauthorized' | 'server-error' | 'connection-refused'): GatewayHealth => ({
      ...healthy,
      failure: { kind, retryable: false },
    });
    equal(gatewayState(gateway, failing('unauthorized')), 'key-rejected');
    equal(gatewayState(gateway, failing('server-error')), 'failed');
    equal(gatewayState(gateway, failing('connection-refused')), 'failed');
  });

  it('is unknown without a check, and after the address changed', () => {
    equal(gatewayState(gateway, undefined), 'unchecked');
    equal(gatewayState({ ...gateway, baseUrl: 'https://other.example/v1' }, healthy), 'unchecked');
  });

  it('must be checked again after a minute, after the address changed, and after the clock was set back', () => {
    equal(isOutdated(healthy, baseUrl, healthy.at + 60_000), false);
    equal(isOutdated(healthy, baseUrl, healthy.at + 60_001), true);
    equal(isOutdated(healthy, 'https://other.example/v1', healthy.at), true);
    equal(isOutdated(healthy, baseUrl, healthy.at - 1), true);
    equal(isOutdated(undefined, baseUrl, 0), true);
  });
});
