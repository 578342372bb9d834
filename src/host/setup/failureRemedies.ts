import * as vscode from 'vscode';
import type { Session } from '../../core/conversation/session';
import type { Log } from '../../core/ports/log';
import { billingPage } from '../../shared/failure/billingPage';
import type { FailureAction } from '../../shared/failure/failureAction';
import type { GatewaySetup } from './gatewaySetup';
import type { InsecureOrigins } from '../gateways/insecureOrigins';
import type { ModelPicker } from '../models/modelPicker';
import { openLink } from '../ui/openLink';
import { pickShortening } from './pickShortening';
import type { Targets } from '../models/targets';

/** What `FailureRemedies` needs from the rest of the host. */
export interface RemedyPorts {
  readonly targets: Targets;
  readonly setup: () => Promise<GatewaySetup>;
  readonly modelPicker: () => Promise<ModelPicker>;
  readonly insecureOrigins: InsecureOrigins;
  readonly log: Log & { show(): void };
  readonly reveal: () => Promise<void>;
}

/** Carries out the actions that failures offer. */
export class FailureRemedies {
  constructor(private readonly ports: RemedyPorts) {}

  /** Carries out the action for the failed answer `id`. */
  async apply(session: Session, id: string, action: FailureAction): Promise<void> {
    const { targets, setup, modelPicker, insecureOrigins, log } = this.ports;
    const message = session.conversation.messages.get(id);
    if (message?.role !== 'assistant') return;
    const askAgain = async (): Promise<void> => {
      session.regenerate(id, await targets.current());
      await this.ports.reveal();
    };
    switch (action) {
      case 'add-gateway':
        if (await (await setup()).add(null)) await askAgain();
        break;
      case 'set-key':
        if (await (await setup()).setKey(message.model.gatewayId)) {
          session.regenerate(id, targets.of(message.model));
          await this.ports.reveal();
        }
        break;
      case 'select-model':
        if (await (await modelPicker()).pick(message.model)) await askAgain();
        break;
      case 'allow-insecure': {
        const { ending } = message;
        const address = ending?.outcome === 'failed' ? ending.failure.url : undefined;
        if (address !== undefined && (await insecureOrigins.ask(address))) {
          session.regenerate(id, targets.of(message.model));
          await this.ports.reveal();
        }
        break;
      }
      case 'retry':
        await askAgain();
        break;
      case 'continue':
      case 'check-again':
        session.resume(id, targets.of(message.model));
        break;
      case 'shorten':
        await this.shorten(session, id);
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
        const { ending } = message;
        const page = ending !== null && 'failure' in ending ? billingPage(ending.failure) : undefined;
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
    const target = await this.ports.targets.current();
    const choice = await pickShortening(session, id, target);
    if (choice === undefined) return;
    if (choice === 'select-model') {
      if (await (await this.ports.modelPicker()).pick())
        session.regenerate(id, await this.ports.targets.current());
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
    await this.ports.reveal();
  }
}

async function openSetting(id: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${id}`);
}
