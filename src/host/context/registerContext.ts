import { Uri, l10n } from 'vscode';
import type { DisposableStore } from '../../shared/kit/disposable';
import type { PromptSubmission } from '../chat/promptSubmission';
import type { CommandTable } from '../contributions/commandIds';
import type { IntentTable } from '../contributions/intents';
import { lazily } from '../../shared/kit/lazyPart';
import type { ContextPorts } from './contextActions';

/** What the commands of this feature need besides the actions. */
interface ContextCommandPorts extends ContextPorts {
  /** Resolves when the conversation that the window last showed is open again. */
  readonly restored: () => Promise<void>;
  readonly submission: Pick<PromptSubmission, 'askAbout'>;
}

/** Attaching files, selections and prompts. */
interface ContextFeature {
  readonly commands: Pick<
    CommandTable,
    | 'parley.explainSelection'
    | 'parley.addSelection'
    | 'parley.attachFiles'
    | 'parley.addTerminalSelection'
    | 'parley.openPrompts'
  >;
  readonly intents: Pick<
    IntentTable,
    | 'attach'
    | 'start'
    | 'open-attachment'
    | 'find-context'
    | 'attach-found'
    | 'attach-context'
    | 'attach-dropped'
    | 'attach-picture'
    | 'attach-text'
    | 'find-prompts'
    | 'use-prompt'
  >;
}

/** Prepares what goes along with prompts, which is a bundle of its own and loads on first use. */
export function registerContext(subscriptions: DisposableStore, ports: ContextCommandPorts): ContextFeature {
  const { sessions, attachments, submission, restored, reveal } = ports;
  const actions = lazily(async () => {
    const { ContextActions } = await import('./contextActions');
    return subscriptions.add(new ContextActions(ports));
  });
  return {
    commands: {
      'parley.explainSelection': async () => {
        await restored();
        const subject = await (await actions()).subject();
        if (subject === undefined) return;
        // An explanation does not wait for another answer: that answer continues in its own conversation.
        if (sessions.current.answering) sessions.startNew();
        await submission.askAbout(subject, l10n.t('Explain this code.'));
        await reveal();
      },
      'parley.addSelection': async () => {
        await restored();
        const subject = await (await actions()).subject();
        if (subject === undefined) return;
        attachments.add(sessions.current.conversation.id, subject);
        await reveal();
      },
      'parley.attachFiles': async (clicked, selected) => {
        await restored();
        const uris = urisOf(clicked, selected);
        if (uris.length === 0) await (await actions()).attachBySource('file');
        else await (await actions()).attachFiles(uris);
        await reveal();
      },
      'parley.addTerminalSelection': async () => {
        await restored();
        await (await actions()).attachBySource('terminal');
        await reveal();
      },
      'parley.openPrompts': async () => {
        await (await actions()).openPrompts();
      },
    },
    intents: {
      attach: async (body) => (await actions()).attach(body),
      start: async ({ starter }) => {
        const prompt = await (await actions()).starter(starter);
        if (prompt !== undefined) await submission.askAbout(prompt.attachments, prompt.text);
      },
      'open-attachment': async (body) => (await actions()).open(body),
      'find-context': async (body) => (await actions()).find(body),
      'attach-found': async (body) => (await actions()).attachFound(body),
      'attach-context': async (body) => (await actions()).attachSource(body),
      'attach-dropped': async (body) => (await actions()).attachDropped(body),
      'attach-picture': async (body) => (await actions()).attachPicture(body),
      'attach-text': async (body) => (await actions()).attachText(body),
      'find-prompts': async (body) => (await actions()).findPrompts(body),
      'use-prompt': async (body) => (await actions()).usePrompt(body),
    },
  };
}

/** The files that a menu was opened on: all selected ones, else the clicked one. */
function urisOf(clicked: unknown, selected: unknown): readonly Uri[] {
  const several = Array.isArray(selected) ? selected.filter((uri) => uri instanceof Uri) : [];
  if (several.length > 0) return several;
  return clicked instanceof Uri ? [clicked] : [];
}
