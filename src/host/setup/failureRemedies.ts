import * as vscode from 'vscode';
import type { Session } from '../../core/conversation/session';
import type { Log } from '../../core/ports/log';
import type { ModelReference } from '../../shared/conversation/modelReference';
import { billingPage } from '../../shared/failure/billingPage';
import { explainFailure } from '../../shared/failure/explainFailure';
import type { Failure } from '../../shared/failure/failure';
import type { FailureAction } from '../../shared/failure/failureAction';
import type { GatewaySetup } from './gatewaySetup';
import type { InsecureOrigins } from '../gateways/insecureOrigins';
import type { ModelPicker } from '../models/modelPicker';
import { openLink } from '../ui/openLink';
import { plainText } from '../ui/plainText';
import { pickShortening } from './pickShortening';
import type { Targets } from '../models/targets';

/** What `FailureRemedies` needs from the rest of the host. */
export interface RemedyPorts {
  readonly targets: Targets;
  readonly setup: () => Promise<GatewaySetup>;
  readonly modelPicker: () => Promise<ModelPicker>;
  readonly insecureOrigins: InsecureOrigins;
  readonly log: Log & { show(): void };
}

/** The actions that help a request that belongs to no chat. */
type RequestAction = Exclude<FailureAction, 'continue' | 'check-again' | 'shorten'>;

/** Carries out the actions that failures offer. */
export class FailureRemedies {
  constructor(private readonly ports: RemedyPorts) {}

  /**
   * Carries out the action for the failed answer `id`.
   *
   * @param reveal Shows the panel of the conversation. Called when the action changed the conversation.
   */
  async apply(
    session: Session,
    id: string,
    action: FailureAction,
    reveal: () => Promise<void>,
  ): Promise<void> {
    const message = session.conversation.messages.get(id);
    if (message?.role !== 'assistant') return;
    const { targets } = this.ports;
    const conversationId = session.conversation.id;
    switch (action) {
      case 'continue':
      case 'check-again':
        session.resume(id, targets.of(message.model, conversationId));
        return;
      case 'shorten':
        await this.shorten(session, id);
        await reveal();
        return;
      default: {
        const { model, ending } = message;
        const failure = ending !== null && 'failure' in ending ? ending.failure : undefined;
        await this.carryOut(action, model, failure, async (isSameModel) => {
          session.regenerate(
            id,
            isSameModel ? targets.of(model, conversationId) : await targets.current(conversationId),
          );
          await reveal();
        });
      }
    }
  }

  /**
   * Shows why a request that belongs to no chat failed, and carries out the action that the user chooses.
   *
   * @param model The model that was asked.
   * @param options `again` sends the request again; called if the action makes that useful. `note` is a further sentence.
   */
  async offer(
    failure: Failure,
    model: ModelReference,
    { again, note }: { readonly again: () => Promise<void>; readonly note?: string },
  ): Promise<void> {
    const { sentence, words, action, actionLabel, secondary } = explainFailure(failure, vscode.l10n.t);
    const offered = [{ action, label: actionLabel }, ...(secondary === undefined ? [] : [secondary])];
    const usable = offered.filter((each) => isForRequests(each.action));
    const chosen = await vscode.window.showErrorMessage(
      plainText([sentence, words, note].filter((part) => part !== undefined).join(' ')),
      ...usable.map(({ label }) => label),
    );
    const remedy = usable.find(({ label }) => label === chosen);
    if (remedy !== undefined && isForRequests(remedy.action))
      await this.carryOut(remedy.action, model, failure, again);
  }

  private async carryOut(
    action: RequestAction,
    model: ModelReference,
    failure: Failure | undefined,
    again: (isSameModel: boolean) => Promise<void>,
  ): Promise<void> {
    const { setup, modelPicker, insecureOrigins, log } = this.ports;
    switch (action) {
      case 'add-gateway':
        if (await (await setup()).add(null)) await again(false);
        break;
      case 'set-key':
        if (await (await setup()).setKey(model.gatewayId)) await again(true);
        break;
      case 'select-model':
        if (await (await modelPicker()).pick(model)) await again(false);
        break;
      case 'allow-insecure':
        if (failure?.url !== undefined && (await insecureOrigins.ask(failure.url))) await again(true);
        break;
      case 'retry':
        await again(false);
        break;
      case 'manage-gateways':
        await (await setup()).manage();
        break;
      case 'open-gateway-settings':
        await openSetting('parley.gateways');
        break;
      case 'open-timeout-settings':
        await openSetting('parley.timeouts');
        break;
      case 'open-parameter-settings':
        await openSetting('parley.parameters');
        break;
      case 'open-proxy-settings':
        await openSetting('http.proxy');
        break;
      case 'open-billing-page': {
        const page = failure && billingPage(failure);
        // VS Code asks before it opens a website.
        if (page !== undefined) await openLink(page);
        break;
      }
      case 'show-log':
        log.show();
        break;
    }
  }

  private async shorten(session: Session, id: string): Promise<void> {
    const { targets } = this.ports;
    const conversationId = session.conversation.id;
    const target = await targets.current(conversationId);
    const choice = await pickShortening(session, id, target);
    if (choice === undefined) return;
    if (choice === 'select-model') {
      if (await (await this.ports.modelPicker()).pick())
        session.regenerate(id, await targets.current(conversationId));
    } else {
      const title = vscode.l10n.t('Shortening the request');
      const done = await vscode.window.withProgress({ location: { viewId: 'parley.chat' }, title }, () =>
        session.shorten(id, target, choice),
      );
      if (!done) {
        void vscode.window.showWarningMessage(
          vscode.l10n.t("Couldn't summarize the messages. You can leave them out instead."),
        );
      }
    }
  }
}

function isForRequests(action: FailureAction): action is RequestAction {
  return action !== 'continue' && action !== 'check-again' && action !== 'shorten';
}

async function openSetting(id: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${id}`);
}
