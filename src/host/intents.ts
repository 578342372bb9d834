import * as vscode from 'vscode';
import type { Log } from '../core/ports/log';
import type { Sessions } from '../core/conversation/sessions';
import type { ToHost } from '../shared/messages/toHost';
import type { ModelReference } from '../shared/conversation/modelReference';
import type { PromptSubmission } from './chat/promptSubmission';
import type { EditActions } from './edits/editActions';
import type { ComparisonChoice } from './chat/comparisonChoice';
import type { ContextActions } from './context/contextActions';
import type { Intent } from './panel/chatPanel';
import type { FailureRemedies } from './setup/failureRemedies';
import type { GatewaySetup } from './setup/gatewaySetup';
import type { HistoryActions } from './history/historyActions';
import type { MediaActions } from './media/mediaActions';
import type { ModelChoice } from './models/modelChoice';
import type { ModelPicker } from './models/modelPicker';
import { openLink } from './ui/openLink';
import type { PendingAttachments } from './chat/pendingAttachments';
import type { Targets } from './models/targets';

type Handlers = {
  readonly [Type in Intent['type']]: (body: ToHost[Type]) => void | PromiseLike<void>;
};

/** What carrying out an intent needs. What is a function of a promise is loaded with its first use. */
interface IntentPorts {
  readonly sessions: Sessions;
  readonly targets: Targets;
  readonly asking: PromptSubmission;
  readonly comparison: ComparisonChoice;
  readonly choice: ModelChoice;
  readonly attachments: PendingAttachments;
  readonly setup: () => Promise<GatewaySetup>;
  readonly modelPicker: () => Promise<ModelPicker>;
  readonly remedies: () => Promise<FailureRemedies>;
  readonly media: () => Promise<MediaActions>;
  readonly context: () => Promise<ContextActions>;
  readonly code: () => Promise<EditActions>;
  readonly history: () => Promise<HistoryActions>;
  /** Leaves one of the workspace's instruction files out of a conversation; nothing for other ids. */
  readonly removeInstructions: (conversationId: string, id: string) => void;
  readonly log: Log;
  /** Loads what the first request needs. */
  readonly preload: () => Promise<void>;
  readonly reveal: () => Promise<void>;
}

/** Carries out what the view asks for. Never answers: what changes comes back as an event or a state. */
export class Intents {
  private readonly handlers: Handlers;

  constructor(private readonly ports: IntentPorts) {
    this.handlers = { ...this.conversation(), ...this.surroundings(), ...lazyHandlers(ports) };
  }

  /** One message from the view, already guarded. */
  async handle(message: Intent): Promise<void> {
    // That the type and the body of a message belong together is more than the compiler can follow through a table.
    await (this.handlers[message.type] as (body: unknown) => void | PromiseLike<void>)(message.body);
  }

  private conversation(): Pick<Handlers, ConversationIntent> {
    const { sessions, asking, targets, comparison, modelPicker } = this.ports;
    return {
      submit: (body) => asking.submit(body),
      'send-queued': ({ id }) => asking.sendQueued(id),
      'edit-queued': ({ id }) => {
        asking.editQueued(id);
      },
      'remove-queued': ({ id }) => {
        asking.removeQueued(id);
      },
      stop: () => sessions.current.stop(),
      edit: async ({ id, text }) => {
        const session = sessions.current;
        const target = await targets.current();
        await session.stop();
        session.edit(id, text, target);
      },
      regenerate: async ({ id }) => {
        const session = sessions.current;
        const target = await targets.current();
        await session.stop();
        session.regenerate(id, target);
      },
      'regenerate-with': async ({ id }) => {
        const session = sessions.current;
        const model = await (await modelPicker()).ask(vscode.l10n.t('Regenerate With'));
        if (model !== undefined) {
          await session.stop();
          session.regenerate(id, targets.of(model));
        }
        await this.ports.reveal();
      },
      compare: async ({ id }) => {
        const session = sessions.current;
        const models = await this.askSeveral();
        if (models.length > 1) {
          await session.stop();
          session.compare(id, asking.targetsOf(models));
        }
        await this.ports.reveal();
      },
      'choose-comparison': async () => {
        const { id } = sessions.current.conversation;
        const models = await this.askSeveral();
        if (models.length > 1) comparison.choose(id, models);
        await this.ports.reveal();
      },
      'end-comparison': () => {
        comparison.choose(sessions.current.conversation.id, []);
      },
      'show-comparison': ({ id }) => {
        sessions.current.showComparison(id);
      },
      'pick-answer': async ({ id }) => {
        const session = sessions.current;
        session.pick(id);
        await this.ports.choice.goOnWith(session.conversation.messages.get(id));
      },
      'select-version': ({ id }) => {
        sessions.current.selectVersion(id);
      },
      fork: async ({ id }) => {
        await sessions.fork(id);
        await this.ports.reveal();
      },
      'failure-action': async ({ id, action }) => {
        const session = sessions.current;
        await (await this.ports.remedies()).apply(session, id, action);
      },
    };
  }

  private surroundings(): Pick<Handlers, SurroundingIntent> {
    const { sessions, attachments, setup, modelPicker, media, log, reveal } = this.ports;
    return {
      'composer-focused': () => this.ports.preload(),
      'new-chat': async () => {
        sessions.startNew();
        await reveal();
      },
      'select-model': async () => {
        await (await modelPicker()).pick();
        await reveal();
      },
      'add-gateway': async ({ gatewayId }) => {
        if (await (await setup()).add(gatewayId)) await reveal();
      },
      'remove-attachment': ({ id }) => {
        const { id: conversationId } = sessions.current.conversation;
        attachments.remove(conversationId, id);
        this.ports.removeInstructions(conversationId, id);
      },
      copy: ({ text }) => vscode.env.clipboard.writeText(text),
      'open-link': ({ href }) => openLink(href),
      'load-media': async (place) => {
        const session = sessions.current;
        await (await media()).load(session, place);
      },
      'save-media': async (place) => {
        const session = sessions.current;
        await (await media()).save(session, place);
      },
      'view-failed': ({ message }) => {
        log.error(`The panel reported: ${message}`);
      },
    };
  }

  private async askSeveral(): Promise<readonly ModelReference[]> {
    return await (await this.ports.modelPicker()).askSeveral(this.ports.comparison.previous);
  }
}

type ConversationIntent =
  | 'submit'
  | 'send-queued'
  | 'edit-queued'
  | 'remove-queued'
  | 'stop'
  | 'edit'
  | 'regenerate'
  | 'regenerate-with'
  | 'compare'
  | 'choose-comparison'
  | 'end-comparison'
  | 'show-comparison'
  | 'pick-answer'
  | 'select-version'
  | 'fork'
  | 'failure-action';

type SurroundingIntent =
  | 'composer-focused'
  | 'new-chat'
  | 'select-model'
  | 'add-gateway'
  | 'remove-attachment'
  | 'copy'
  | 'open-link'
  | 'load-media'
  | 'save-media'
  | 'view-failed';

/** What is carried out by bundles that are loaded with the first use. */
function lazyHandlers({
  context,
  code,
  history,
}: IntentPorts): Omit<Handlers, ConversationIntent | SurroundingIntent> {
  return {
    attach: async () => (await context()).attach(),
    'open-attachment': async (body) => (await context()).open(body),
    'find-context': async (body) => (await context()).find(body),
    'attach-found': async (body) => (await context()).attachFound(body),
    'attach-context': async (body) => (await context()).attachSource(body),
    'attach-dropped': async (body) => (await context()).attachDropped(body),
    'attach-picture': async (body) => (await context()).attachPicture(body),
    'attach-text': async (body) => (await context()).attachText(body),
    'find-prompts': async (body) => (await context()).findPrompts(body),
    'use-prompt': async (body) => (await context()).usePrompt(body),
    'insert-code': async (body) => (await code()).insert(body),
    'apply-code': async (body) => (await code()).apply(body),
    'new-file': async (body) => (await code()).createFile(body),
    'run-in-terminal': async (body) => (await code()).runInTerminal(body),
    'list-history': async (body) => (await history()).list(body),
    'open-chat': async (body) => (await history()).open(body),
    'rename-chat': async (body) => (await history()).rename(body),
    'pin-chat': async (body) => (await history()).pin(body),
    'delete-chat': async (body) => (await history()).remove(body),
    'restore-chat': async (body) => (await history()).restore(body),
    'export-chat': async (body) => (await history()).exportChat(body.id),
    'import-chat': async () => (await history()).importChat(),
  };
}
