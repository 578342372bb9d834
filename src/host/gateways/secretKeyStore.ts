import type * as vscode from 'vscode';
import { originOf, type Gateway } from '../../core/models/gateway';
import type { KeyStore } from '../../core/ports/keyStore';
import type { Disposable } from '../../shared/kit/disposable';

const prefix = 'parley.key';

/** Whose a stored key is. */
export interface StoredKey {
  readonly gatewayId: string;
  /** `scheme://host:port`, see `originOf`. */
  readonly origin: string;
}

/**
 * API keys in VS Code's SecretStorage, one per gateway id *and* origin: a gateway whose base URL is
 * pointed elsewhere does not take its key along.
 */
export class SecretKeyStore implements KeyStore {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  async read(gatewayId: string, origin: string): Promise<string | undefined> {
    return await this.secrets.get(nameOf(gatewayId, origin));
  }

  /**
   * Stores the key for a gateway and reads it back, since SecretStorage is silent about a keyring
   * that does not keep what it is given.
   * @returns false when the key was not kept.
   */
  async store(gateway: Gateway, key: string): Promise<boolean> {
    const name = secretNameOf(gateway);
    if (name === undefined) return false;
    await this.secrets.store(name, key);
    return (await this.secrets.get(name)) === key;
  }

  /** Forgets a key. */
  async remove({ gatewayId, origin }: StoredKey): Promise<void> {
    await this.secrets.delete(nameOf(gatewayId, origin));
  }

  /** Every key that is stored, also of gateways that are gone or have another address now. No key is read. */
  async stored(): Promise<readonly StoredKey[]> {
    return (await this.secrets.keys()).flatMap((name) => {
      const [, gatewayId, origin] = /^parley\.key:([^:]*):(.*)$/s.exec(name) ?? [];
      return gatewayId === undefined || origin === undefined ? [] : [{ gatewayId, origin }];
    });
  }

  /** Which of the gateways have a key stored. Asks for names only; no key is read. */
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

  /** Calls `listener` when a key is stored or removed, in this window or another. */
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
