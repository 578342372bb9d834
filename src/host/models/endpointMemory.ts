import * as v from 'valibot';
import { endpointsOf, kindsWithoutEndpoint } from '../../core/gatewayCheck/endpointProbes';
import type { Gateway } from '../../core/models/gateway';
import type { ModelKind } from '../../core/models/modelKind';
import type { Log } from '../../core/ports/log';
import { StoredValue, type Memory } from '../memory/storedValue';

/** These field names are stored on the user's disk: they must not change. */
const storedSchema = v.array(
  v.object({
    gatewayId: v.string(),
    /** The address that was checked. After a change of the address, the check says nothing. */
    baseUrl: v.string(),
    missing: v.array(v.string()),
  }),
);

/** The endpoints that a gateway lacks, as its last check found. Kept in VS Code's global state until the next check. */
export class EndpointMemory {
  private readonly stored: StoredValue<v.InferOutput<typeof storedSchema>>;

  constructor(memory: Memory, log: Log) {
    this.stored = new StoredValue(memory, log, {
      key: 'missingEndpoints',
      schema: storedSchema,
      fallback: [],
      name: 'the endpoints of a gateway',
    });
  }

  /** The kinds of models that a gateway cannot serve. */
  kindsWithoutEndpoint(gateway: Gateway): ReadonlySet<ModelKind> {
    return kindsWithoutEndpoint(new Set(this.missing(gateway)));
  }

  /** Forgets that the endpoints for a kind of model are missing, because the user knows better than the check. */
  forgetKind(gateway: Gateway, kind: ModelKind): void {
    const forgotten: ReadonlySet<string> = new Set(endpointsOf(kind));
    const missing = this.missing(gateway);
    this.remember(
      gateway,
      missing.filter((name) => !forgotten.has(name)),
    );
  }

  /** Stores the missing endpoints of a gateway, in place of those of its last check. */
  remember({ id, baseUrl }: Gateway, missing: readonly string[]): void {
    const others = this.stored.get().filter(({ gatewayId }) => gatewayId !== id);
    this.stored.set([...others, { gatewayId: id, baseUrl, missing: [...missing] }]);
  }

  private missing({ id, baseUrl }: Gateway): readonly string[] {
    const known = this.stored.get().find((one) => one.gatewayId === id && one.baseUrl === baseUrl);
    return known?.missing ?? [];
  }
}
