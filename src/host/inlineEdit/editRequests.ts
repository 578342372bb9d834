import * as vscode from 'vscode';
import { inlineEditMessages } from '../../core/inlineEdit/inlineEditMessages';
import type { Replacement } from '../../core/inlineEdit/readReplacement';
import type { Route } from '../../core/models/route';
import type { ChatClient } from '../../core/ports/chatClient';
import type { Log } from '../../core/ports/log';
import { askOnce, type OnceReply } from '../../core/prompt/askOnce';
import type { Target } from '../../core/prompt/target';
import { baseName } from '../../core/text/baseName';
import type { Targets } from '../models/targets';
import type { FailureRemedies } from '../setup/failureRemedies';
import { plainText } from '../ui/plainText';
import { explainReplacement } from './explainReplacement';
import type { EditTask, RunningEdit } from './runningEdit';

/** What `EditRequests` needs from the rest of the host. */
export interface EditRequestPorts {
  readonly client: Pick<ChatClient, 'ask'>;
  readonly targets: Pick<Targets, 'current'>;
  readonly log: Log;
  /** Says why a request failed, and offers what helps. */
  readonly remedies: () => Promise<Pick<FailureRemedies, 'offer'>>;
}

/** How an edit ended. */
interface EditEnd {
  readonly edit: RunningEdit;
  readonly shown: Replacement | 'conflict';
  /** The whole answer. */
  readonly text: string;
  readonly target: Target;
  readonly again: () => Promise<void>;
}

/** The longest answer that is read, in UTF-16 units. */
const longestReply = 400_000;
/** Parameters of the chat that do not fit an edit: it needs one answer, and as text. */
const leftOut: ReadonlySet<string> = new Set(['n', 'response_format', 'logprobs', 'top_logprobs', 'stop']);

/** Asks the chat's model for edits, streams the answers into their reviews, and tells the user how they ended. */
export class EditRequests {
  constructor(private readonly ports: EditRequestPorts) {}

  /**
   * Sends the request of an edit. Resolves when the answer has ended and the user knows how.
   *
   * @param again Does the task again, if it failed and the user wants that.
   * @param onStream Called when the answer begins to stream, and when it has ended.
   */
  async run(
    edit: RunningEdit,
    task: EditTask,
    again: () => Promise<void>,
    onStream: () => void,
  ): Promise<void> {
    const stopping = new AbortController();
    edit.stopping = stopping;
    const target = await this.ports.targets.current();
    const { route, model, modelName } = target;
    if ('failure' in route) {
      await (await this.ports.remedies()).offer(route.failure, model, { again });
      return;
    }
    const messages = messagesFor(edit, task, target);
    if (messages === undefined || stopping.signal.aborted) return;
    this.ports.log.info('Asking for an inline edit.');
    const { maxOutput } = target;
    const question = { modelId: model.modelId, messages, ...(maxOutput !== null && { maxOutput }) };
    edit.isStreaming = true;
    onStream();
    let reply: OnceReply;
    try {
      reply = await withProgress(edit, modelName, stopping, () =>
        askOnce(
          this.ports.client,
          forEdits(route),
          question,
          { longestReply },
          stopping.signal,
          undefined,
          (text) => {
            edit.stream(text, modelName);
          },
        ),
      );
    } finally {
      edit.isStreaming = false;
      onStream();
    }
    await this.end(edit, task, target, { reply, again });
  }

  private async end(
    edit: RunningEdit,
    { instruction }: EditTask,
    target: Target,
    { reply, again }: { readonly reply: OnceReply; readonly again: () => Promise<void> },
  ): Promise<void> {
    const { text, ending, usage } = reply;
    if (usage !== null) this.ports.log.info(`Tokens of the inline edit: ${JSON.stringify(usage)}`);
    const isComplete = ending.outcome === 'completed';
    const shown = await edit.finish(text, isComplete ? 'complete' : 'cut', target.modelName);
    if (text.trim() !== '') edit.turns.push({ instruction, answer: text });
    // The edit can be refined while a notification is shown, so nothing waits for the user's answer.
    this.tellEnd(ending, { edit, shown, text, target, again }).catch((error: unknown) => {
      this.ports.log.error(`Telling the end of an inline edit failed: ${String(error)}`);
    });
  }

  private async tellEnd(
    ending: OnceReply['ending'],
    { edit, shown, text, target, again }: EditEnd,
  ): Promise<void> {
    const { model, modelName } = target;
    if (ending.outcome === 'completed') {
      await explainReplacement(edit, shown, { answer: text, modelName });
    } else if (ending.outcome !== 'cancelled') {
      const isShown = shown !== 'conflict' && shown.kind === 'change';
      const note = isShown && {
        note: vscode.l10n.t('The diff shows what has arrived. The rest of the code is unchanged.'),
      };
      await (await this.ports.remedies()).offer(ending.failure, model, { again, ...note });
    }
  }
}

/** The messages of the request; undefined if the model cannot do it. The user has then been told. */
function messagesFor(
  edit: RunningEdit,
  { instruction, problems = '', furtherCode = [] }: EditTask,
  target: Target,
): ReturnType<typeof inlineEditMessages> {
  const { route, generation, instructions, promptLimit, contextWindow } = target;
  const name = plainText(target.modelName);
  // Base models continue a text, and other models make pictures.
  if (generation !== undefined || ('listedEndpoint' in route && route.listedEndpoint === 'completions')) {
    tell(vscode.l10n.t("{0} can't edit code. Choose a chat model.", name));
    return undefined;
  }
  const messages = inlineEditMessages({
    place: edit.place,
    path: vscode.workspace.asRelativePath(edit.document.uri),
    instruction,
    problems,
    furtherCode,
    turns: edit.turns,
    // The text of a chat is for that chat.
    instructions: instructions.filter(({ source }) => source !== 'chat'),
    contextWindow: promptLimit ?? contextWindow,
  });
  if (messages === undefined)
    tell(vscode.l10n.t('The selection is too long for {0}. Select less, or choose another model.', name));
  return messages;
}

async function withProgress(
  { document }: RunningEdit,
  modelName: string,
  stopping: AbortController,
  ask: () => Promise<OnceReply>,
): Promise<OnceReply> {
  const name = plainText(baseName(document.uri.path));
  return await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('{0} is editing {1}…', plainText(modelName), name),
      cancellable: true,
    },
    async (_, token) => {
      token.onCancellationRequested(() => {
        stopping.abort();
      });
      return await ask();
    },
  );
}

/** The route without parameters that do not fit an edit. */
function forEdits(route: Route): Route {
  const parameters = Object.fromEntries(
    Object.entries(route.parameters).filter(([name]) => !leftOut.has(name)),
  );
  return { ...route, parameters };
}

function tell(sentence: string): void {
  void vscode.window.showInformationMessage(sentence);
}
