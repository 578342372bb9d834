import type * as vscode from 'vscode';
import { originOf, type Gateway } from '../../core/models/gateway';
import type { KeyStore } from '../../core/ports/keyStore';
import type { Disposable } from '../../shared/kit/disposable';

const prefix = 'parley.key';

/** The gateway and origin that a stored key belongs to. */
interface StoredKey {
  readonly gatewayId: string;
  /** `scheme://host:port`; see `originOf`. */
  readonly origin: string;
}

/**
 * Stores API keys in VS Code's SecretStorage, one per gateway id *and* origin: if a gateway's base URL changes to another origin,
 * the key is not sent there.
 */
export class SecretKeyStore implements KeyStore {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  async read(gatewayId: string, origin: string): Promise<string | undefined> {
    return await this.secrets.get(nameOf(gatewayId, origin));
  }

  /**
   * Stores a gateway's key and reads it back, because SecretStorage reports no error if the system's keyring did not keep it.
   *
   * @returns false if the key was not stored.
   */
  async store(gateway: Gateway, key: string): Promise<boolean> {
    const name = secretNameOf(gateway);
    if (name === undefined) return false;
    await this.secrets.store(name, key);
    return (await this.secrets.get(name)) === key;
  }

  /** Deletes a key. */
  async remove({ gatewayId, origin }: StoredKey): Promise<void> {
    await this.secrets.delete(nameOf(gatewayId, origin));
  }

  /** Lists all stored keys, also those of removed gateways and earlier origins. Does not read the keys themselves. */
  async stored(): Promise<readonly StoredKey[]> {
    return (await this.secrets.keys()).flatMap((name) => {
      const [, gatewayId, origin] = /^parley\.key:([^:]*):(.*)$/s.exec(name) ?? [];
      return gatewayId === undefined || origin === undefined ? [] : [{ gatewayId, origin }];
    });
  }

  /** Returns the ids of the gateways with a stored key. Does not read the keys themselves. */
  async having(gateways: readonly Gateway[]): Promise<Set<string>> {
    const names = new Set(await this.secrets.keys());
    return new Set(
      gateways
        .filter((gateway) => {
          const name = secretNameOf(gateway);
          return name !== undefined && names.has(name);
        })
        .map((gateway) => gateway.id),
    );
  }

  /** Calls `listener` when a key is stored or deleted, in any window. */
  onDidChange(listener: () => void): Disposable {
    return this.secrets.onDidChange(({ key }) => {
      if (key.startsWith(`${prefix}:`)) listener();
    });
  }
}

function secretNameOf(gateway: Gateway): string | undefined {
  const origin = originOf(gateway.baseUrl);
  return origin === undefined ? undefined : nameOf(gateway.id, origin);
}

function nameOf(gatewayId: string, origin: string): string {
  return `${prefix}:${gatewayId}:${origin}`;
}
