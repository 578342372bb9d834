import { l10n } from 'vscode';
import type { ModelReference } from '../../shared/conversation/modelReference';
import type { IntentTable } from '../contributions/intents';
import type { LazyInstructions } from '../instructions/lazyInstructions';
import type { ModelChoice } from '../models/modelChoice';
import type { ModelPicker } from '../models/modelPicker';
import type { Targets } from '../models/targets';
import type { ComparisonChoice } from './comparisonChoice';
import type { PendingAttachments } from './pendingAttachments';
import type { PromptEdits } from './promptEdits';
import type { PromptSubmission } from './promptSubmission';

/** The types of the intents about the conversation that a panel shows. */
type ChatIntent =
  | 'submit'
  | 'send-queued'
  | 'edit-queued'
  | 'remove-queued'
  | 'stop'
  | 'begin-edit'
  | 'end-edit'
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
  | 'new-chat'
  | 'plan-prompt'
  | 'load-thumbnail'
  | 'remove-attachment';

/** What the intents about the conversation of a panel need. */
interface ChatIntentPorts {
  readonly targets: Targets;
  readonly submission: PromptSubmission;
  readonly comparison: ComparisonChoice;
  readonly attachments: PendingAttachments;
  readonly edits: PromptEdits;
  readonly instructions: LazyInstructions;
  readonly choice: ModelChoice;
  readonly modelPicker: () => Promise<ModelPicker>;
}

/** The title of a fork. It begins with the word, because a list cuts the end of a long title. */
function forkTitle(title: string): string {
  const isFork = title.startsWith(l10n.t('Fork: {0}', ''));
  return isFork || title === '' ? title : l10n.t('Fork: {0}', title);
}

/** The code of every intent about the conversation that a panel shows. */
export function chatIntents(ports: ChatIntentPorts): Pick<IntentTable, ChatIntent> {
  const { targets, submission, comparison, attachments, edits, modelPicker } = ports;
  const askSeveral = async (): Promise<readonly ModelReference[]> =>
    await (await modelPicker()).askSeveral(comparison.previous);
  return {
    submit: async ({ text, interrupt }, { sessions }) => {
      const session = sessions.current;
      const { id } = session.conversation;
      if (text.trim() === '' && attachments.of(id).length === 0) return;
      const prompt = { text: text.trim(), attachments: attachments.take(id) };
      await submission.submit(session, prompt, interrupt === true);
    },
    'send-queued': ({ id }, { sessions }) => submission.sendQueued(sessions.current, id),
    'edit-queued': ({ id }, { sessions, page }) => {
      const session = sessions.current;
      const prompt = submission.takeQueued(session, id);
      if (prompt === undefined) return;
      attachments.add(session.conversation.id, prompt.attachments);
      page.send('give-back-prompt', { text: prompt.text });
    },
    'remove-queued': ({ id }, { sessions }) => {
      submission.takeQueued(sessions.current, id);
    },
    stop: (_, { sessions }) => sessions.current.stop(),
    'begin-edit': ({ id }, { sessions }) => {
      const { conversation } = sessions.current;
      const prompt = conversation.messages.get(id);
      if (prompt?.role === 'user') edits.begin(conversation.id, prompt);
    },
    'end-edit': ({ id }, { sessions }) => {
      edits.end(sessions.current.conversation.id, id);
    },
    edit: async ({ id, text }, { sessions }) => {
      const session = sessions.current;
      const attached = edits.end(session.conversation.id, id);
      const target = await targets.current(session.conversation.id);
      await session.stop();
      session.edit(id, text.trim(), target, attached);
    },
    regenerate: async ({ id }, { sessions }) => {
      const session = sessions.current;
      const target = await targets.current(session.conversation.id);
      await session.stop();
      session.regenerate(id, target);
    },
    'regenerate-with': async ({ id }, { sessions, page }) => {
      const session = sessions.current;
      const answer = session.conversation.messages.get(id);
      const other = answer?.role === 'assistant' ? answer.model : undefined;
      const model = await (await modelPicker()).ask(l10n.t('Regenerate with Another Model'), other);
      if (model !== undefined) {
        await session.stop();
        session.regenerate(id, targets.of(model, session.conversation.id));
      }
      await page.reveal();
    },
    compare: async ({ id }, { sessions, page }) => {
      const session = sessions.current;
      const models = await askSeveral();
      if (models.length > 1) {
        await session.stop();
        session.compare(
          id,
          models.map((model) => targets.of(model, session.conversation.id)),
        );
      }
      await page.reveal();
    },
    'choose-comparison': async (_, { sessions, page }) => {
      const { id } = sessions.current.conversation;
      const models = await askSeveral();
      if (models.length > 1) comparison.choose(id, models);
      await page.reveal();
    },
    'end-comparison': (_, { sessions }) => {
      comparison.choose(sessions.current.conversation.id, []);
    },
    'show-comparison': ({ id }, { sessions }) => {
      sessions.current.showComparison(id);
    },
    'pick-answer': async ({ id }, { sessions }) => {
      const session = sessions.current;
      session.pick(id);
      await ports.choice.goOnWith(session.conversation.messages.get(id));
    },
    'select-version': ({ id }, { sessions }) => {
      sessions.current.selectVersion(id);
    },
    fork: async ({ id }, { sessions, page }) => {
      await sessions.fork(id, forkTitle);
      await page.reveal();
    },
    'new-chat': async (_, { sessions, page }) => {
      sessions.startNew();
      await page.reveal();
    },
    'plan-prompt': async ({ request, text }, { sessions, page }) => {
      const session = sessions.current;
      const { id } = session.conversation;
      const [model] = comparison.of(id);
      const target = model === undefined ? await targets.current(id) : targets.of(model, id);
      const { record } = session.plan(target, { text, attachments: attachments.of(id) });
      const plan = target.model.modelId !== '' ? { modelName: target.modelName, record } : null;
      page.send('prompt-planned', { request, plan });
    },
    'load-thumbnail': ({ id }, { sessions, page }) => {
      const conversationId = sessions.current.conversation.id;
      const pending = [
        ...attachments.of(conversationId),
        ...edits.of(conversationId).flatMap((edit) => edit.attachments),
      ];
      const picture = pending.find((attachment) => attachment.id === id);
      if (picture?.kind !== 'image' || !picture.url.startsWith('data:image/')) return;
      const { url, mask } = picture;
      page.send('thumbnail-loaded', { id, url, ...(mask !== undefined && { mask }) });
    },
    'remove-attachment': ({ id, edit }, { sessions }) => {
      const conversationId = sessions.current.conversation.id;
      if (edit !== undefined) {
        edits.remove(conversationId, edit, id);
        return;
      }
      attachments.remove(conversationId, id);
      ports.instructions.remove(conversationId, id);
    },
  };
}
