import * as vscode from 'vscode';
import { originOf } from '../../core/models/gateway';
import type { Timeouts } from '../../core/models/route';
import type { ChatClient } from '../../core/ports/chatClient';
import type { KnownGateway } from '../gateways/gatewayRegistry';
import type { SecretKeyStore } from '../gateways/secretKeyStore';
import { plainText } from '../ui/plainText';
import { askBaseUrl } from './askBaseUrl';
import type { GatewayEdits } from './gatewayEdits';
import type { KeyQuestion } from './keyQuestion';

/** What `changeBaseUrl` needs from the rest of the host. */
interface ChangeBaseUrlPorts {
  readonly client: ChatClient;
  readonly timeouts: Timeouts;
  readonly keys: SecretKeyStore;
  readonly keyQuestion: KeyQuestion;
  readonly edits: GatewayEdits;
}

/** What goes to the new address: the key in use, another one, or no key. */
type KeyPlan = { readonly key: string | undefined } | 'cancelled';

/**
 * Asks for another base URL of a gateway. A key belongs to one origin, so if the origin changes, the user decides whether the
 * stored key may be sent to the new one. Everything is asked before anything is changed: cancelling changes nothing.
 */
export async function changeBaseUrl(gateway: KnownGateway, ports: ChangeBaseUrlPorts): Promise<void> {
  const { client, timeouts, keys, keyQuestion, edits } = ports;
  const fallback = gateway.preset?.baseUrl ?? undefined;
  const address = await askBaseUrl(client, timeouts, { value: gateway.baseUrl, fallback });
  if (address === undefined || address.baseUrl === gateway.baseUrl) return;
  const { baseUrl } = address;
  const moved = { ...gateway, baseUrl };
  const before = originOf(gateway.baseUrl) ?? '';
  const after = originOf(baseUrl) ?? '';
  const isMoved = before !== after;
  const oldKey = isMoved ? await keys.read(gateway.id, before) : undefined;
  const plan = isMoved
    ? await planKey(gateway, moved, oldKey, address.pasted?.key, keyQuestion)
    : { key: undefined };
  if (plan === 'cancelled') return;
  // A preset at its own address needs no base URL in the settings.
  if (!(await edits.saveBaseUrl(gateway, baseUrl === fallback ? undefined : baseUrl))) return;
  if (!isMoved) return;
  // What was learned belongs to the service at the old origin.
  edits.forgetLearned(gateway.id);
  if (plan.key === undefined || !(await keyQuestion.store(moved, plan.key))) return;
  if (oldKey !== undefined) await keys.remove({ gatewayId: gateway.id, origin: before });
}

/** Asks which key goes to the new origin. Without a stored key and without secret headers, nothing is asked. */
async function planKey(
  gateway: KnownGateway,
  moved: KnownGateway,
  oldKey: string | undefined,
  pasted: string | undefined,
  keyQuestion: KeyQuestion,
): Promise<KeyPlan> {
  const typed = async (): Promise<KeyPlan> => {
    const key = await keyQuestion.read(moved, { pasted });
    return key === undefined ? 'cancelled' : { key };
  };
  if (pasted !== undefined) return await typed();
  const headers = Object.keys(gateway.headers);
  if (oldKey === undefined && headers.length === 0) return { key: undefined };
  const before = plainText(originOf(gateway.baseUrl) ?? gateway.baseUrl);
  const after = plainText(originOf(moved.baseUrl) ?? moved.baseUrl);
  const send = vscode.l10n.t('Send the Stored Key');
  const enter = vscode.l10n.t('Enter Another Key');
  const change = vscode.l10n.t('Change the Address');
  const about = [
    oldKey === undefined
      ? undefined
      : vscode.l10n.t(
          'The key was stored for {0}. The operator of {1} could read and use it.',
          before,
          after,
        ),
    headers.length === 0
      ? undefined
      : vscode.l10n.t('The additional headers are sent to the new address, too: {0}.', headers.join(', ')),
  ];
  const answer = await vscode.window.showWarningMessage(
    oldKey === undefined
      ? vscode.l10n.t('Send the additional headers of {0} to {1}?', plainText(gateway.name), after)
      : vscode.l10n.t('Send the API key of {0} to {1}?', plainText(gateway.name), after),
    { modal: true, detail: about.filter((sentence) => sentence !== undefined).join('\n\n') },
    ...(oldKey === undefined ? [change] : [enter, send]),
  );
  if (answer === enter) return await typed();
  if (answer === change) return { key: undefined };
  return answer === send && oldKey !== undefined ? { key: oldKey } : 'cancelled';
}
