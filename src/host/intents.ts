import * as vscode from 'vscode';
import type { Session } from '../core/session';
import type { Sessions } from '../core/sessions';
import type { Attachment } from '../shared/attachment';
import type { FailureAction } from '../shared/explainFailure';
import type { ToHostMessage } from '../shared/messages';
import { pickAttachments } from './attachPicker';
import { insertCode, openAttachment, openLink } from './editorActions';
import type { GatewaySetup } from './gatewaySetup';
import type { History } from './history';
import type { InsecureOrigins } from './insecureOrigins';
import type { MediaActions } from './mediaActions';
import type { ModelPicker } from './modelPicker';
import type { PendingAttachments } from './pendingAttachments';
import { pickShortening } from './shortenPicker';
import type { Targets } from './targets';
import type { Log } from '../core/ports';

/** What the view may ask for; what concerns the page alone stays with the panel. */
export type Intent = Exclude<ToHostMessage, { type: 'ready' | 'remember-view' }>;

/** What carrying out an intent needs. */
export interface IntentPorts {
  readonly sessions: Sessions;
  readonly targets: Targets;
  readonly attachments: PendingAttachments;
  readonly setup: GatewaySetup;
  readonly modelPicker: ModelPicker;
  readonly insecureOrigins: InsecureOrigins;
  readonly history: History;
  readonly media: MediaActions;
  readonly log: Log & { show(): void };
  /** Loads what the first request needs. */
  readonly preload: () => Promise<void>;
  readonly reveal: () => Promise<void>;
  readonly giveBackPrompt: (text: string) => void;
}

/** Carries out what the view asks for. Never answers: what changes comes back as an event or a state. */
export class Intents {
  constructor(private readonly ports: IntentPorts) {}

  /** One message from the view, already guarded. */
  async handle(message: Intent): Promise<void> {
    const { sessions, attachments, setup, modelPicker, history, targets } = this.ports;
    const session = sessions.current;
    switch (message.type) {
      case 'composer-focused':
        await this.ports.preload();
        break;
      case 'submit':
        await this.submit(message.body.text);
        break;
      case 'stop':
        await session.stop();
        break;
      case 'edit': {
        const target = await targets.current();
        await session.stop();
        session.edit(message.body.id, message.body.text, target);
        break;
      }
      case 'regenerate': {
        const target = await targets.current();
        await session.stop();
        session.regenerate(message.body.id, target);
        break;
      }
      case 'select-version':
        session.selectVersion(message.body.id);
        break;
      case 'failure-action':
        await this.mend(session, message.body.id, message.body.action);
        break;
      case 'new-chat':
        sessions.startNew();
        await this.ports.reveal();
        break;
      case 'show-history':
        await history.show();
        break;
      case 'select-model':
        await modelPicker.pick();
        await this.ports.reveal();
        break;
      case 'add-gateway':
        if (await setup.add(message.body.gatewayId)) await this.ports.reveal();
        break;
      case 'attach':
        attachments.add(session.conversation.id, await pickAttachments());
        await this.ports.reveal();
        break;
      case 'remove-attachment':
        attachments.remove(session.conversation.id, message.body.id);
        break;
      case 'open-attachment': {
        const attachment = this.findAttachment(session, message.body.id);
        if (attachment?.kind === 'code') await openAttachment(attachment);
        break;
      }
      case 'copy':
        await vscode.env.clipboard.writeText(message.body.text);
        break;
      case 'insert-code':
        await insertCode(message.body.text);
        break;
      case 'open-link':
        await openLink(message.body.href);
        break;
      case 'load-media':
        await this.ports.media.load(session, message.body);
        break;
      case 'save-media':
        await this.ports.media.save(session, message.body);
        break;
      case 'view-failed':
        this.ports.log.error(`The panel reported: ${message.body.message}`);
        break;
    }
  }

  /** Asks in the shown conversation, with the chips. While an answer streams, the prompt is given back. */
  async submit(text: string): Promise<void> {
    const { sessions, targets, attachments, giveBackPrompt } = this.ports;
    const target = await targets.current();
    const session = sessions.current;
    const pending = attachments.of(session.conversation.id);
    if (session.answering) {
      giveBackPrompt(text);
      return;
    }
    if (text.trim() === '' && pending.length === 0) return;
    session.submit(text.trim(), attachments.take(session.conversation.id), target);
  }

  private async mend(session: Session, id: string, action: FailureAction): Promise<void> {
    const { targets, setup, modelPicker, insecureOrigins, log } = this.ports;
    const message = session.conversation.messages.get(id);
    if (message?.role !== 'assistant') return;
    const askAgain = async (): Promise<void> => {
      session.regenerate(id, await targets.current());
      await this.ports.reveal();
    };
    switch (action) {
      case 'add-gateway':
        if (await setup.add(null)) await askAgain();
        break;
      case 'set-key':
        if (await setup.setKey(message.model.gatewayId)) {
          session.regenerate(id, targets.of(message.model));
          await this.ports.reveal();
        }
        break;
      case 'select-model':
        if (await modelPicker.pick()) await askAgain();
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
        session.resume(id, targets.of(message.model));
        break;
      case 'shorten':
        await this.shorten(session, id);
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
      if (await this.ports.modelPicker.pick()) session.regenerate(id, await this.ports.targets.current());
    } else {
      const title = vscode.l10n.t('Making room');
      const done = await vscode.window.withProgress({ location: { viewId: 'parley.chat' }, title }, () =>
        session.shorten(id, target, choice),
      );
      if (!done) {
        void vscode.window.showWarningMessage(
          vscode.l10n.t('The summary could not be had. Leaving the messages out needs no request.'),
        );
      }
    }
    await this.ports.reveal();
  }

  private findAttachment(session: Session, id: string): Attachment | undefined {
    const pending = this.ports.attachments.of(session.conversation.id);
    const sent = [...session.conversation.messages.values()].flatMap((message) =>
      message.role === 'user' ? message.attachments : [],
    );
    return [...pending, ...sent].find((attachment) => attachment.id === id);
  }
}

async function openSetting(id: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${id}`);
}
