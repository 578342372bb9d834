import { Uri, l10n } from 'vscode';
import type { PromptSubmission } from '../chat/promptSubmission';
import type { CommandTable } from '../contributions/commandIds';
import type { IntentTable } from '../contributions/intents';
import type { OpenPanels, Panel } from '../contributions/openPanels';
import { perPanel } from '../contributions/perPanel';
import type { ContextPorts } from './contextActions';

/** What the commands of this feature need besides the actions. */
interface ContextCommandPorts extends Omit<ContextPorts, 'panel' | 'transcribe'> {
  readonly panels: OpenPanels;
  /** Asks what to do with a sound file, and does it in a panel. */
  readonly transcribe: (uri: Uri, panel: Panel) => Promise<void>;
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
export function registerContext(ports: ContextCommandPorts): ContextFeature {
  const { panels, attachments, submission, restored } = ports;
  const actions = perPanel(async (panel) => {
    const { ContextActions } = await import('./contextActions');
    const transcribe = (uri: Uri): Promise<void> => ports.transcribe(uri, panel);
    return panel.subscriptions.add(new ContextActions({ ...ports, panel, transcribe }));
  });
  return {
    commands: {
      'parley.explainSelection': async () => {
        await restored();
        const panel = panels.used;
        const { sessions, page } = panel;
        const subject = await (await actions(panel)).subject();
        if (subject === undefined) return;
        // An explanation does not wait for another answer: that answer continues in its own conversation.
        if (sessions.current.answering) sessions.startNew();
        await submission.askAbout(sessions.current, subject, l10n.t('Explain this code.'));
        await page.reveal();
      },
      'parley.addSelection': async () => {
        await restored();
        const panel = panels.used;
        const subject = await (await actions(panel)).subject();
        if (subject === undefined) return;
        attachments.add(panel.sessions.current.conversation.id, subject);
        await panel.page.reveal();
      },
      'parley.attachFiles': async (clicked, selected) => {
        await restored();
        const panel = panels.used;
        const uris = urisOf(clicked, selected);
        if (uris.length === 0) await (await actions(panel)).attachBySource('file');
        else await (await actions(panel)).attachFiles(uris);
        await panel.page.reveal();
      },
      'parley.addTerminalSelection': async () => {
        await restored();
        const panel = panels.used;
        await (await actions(panel)).attachBySource('terminal');
        await panel.page.reveal();
      },
      'parley.openPrompts': async () => {
        await (await actions(panels.used)).openPrompts();
      },
    },
    intents: {
      attach: async (body, panel) => (await actions(panel)).attach(body),
      start: async ({ starter }, panel) => {
        const prompt = await (await actions(panel)).starter(starter);
        if (prompt === undefined) return;
        await submission.askAbout(panel.sessions.current, prompt.attachments, prompt.text);
      },
      'open-attachment': async (body, panel) => (await actions(panel)).open(body),
      'find-context': async (body, panel) => (await actions(panel)).find(body),
      'attach-found': async (body, panel) => (await actions(panel)).attachFound(body),
      'attach-context': async (body, panel) => (await actions(panel)).attachSource(body),
      'attach-dropped': async (body, panel) => (await actions(panel)).attachDropped(body),
      'attach-picture': async (body, panel) => (await actions(panel)).attachPicture(body),
      'attach-text': async (body, panel) => (await actions(panel)).attachText(body),
      'find-prompts': async (body, panel) => (await actions(panel)).findPrompts(body),
      'use-prompt': async (body, panel) => (await actions(panel)).usePrompt(body),
    },
  };
}

/** The files that a menu was opened on: all selected ones, else the clicked one. */
function urisOf(clicked: unknown, selected: unknown): readonly Uri[] {
  const several = Array.isArray(selected) ? selected.filter((uri) => uri instanceof Uri) : [];
  if (several.length > 0) return several;
  return clicked instanceof Uri ? [clicked] : [];
}
