import * as vscode from 'vscode';
import { isUsable, type OnceReply } from '../../core/prompt/askOnce';
import {
  commandMessages,
  type CommandQuestion,
  type CommandRefinement,
} from '../../core/terminal/commandMessages';
import { readCommand } from '../../core/terminal/readCommand';
import { totalOf } from '../../shared/answer/usage';
import type { Attachment } from '../../shared/conversation/attachment';
import { openAnswer } from '../chat/openAnswer';
import { askWithProgress } from '../sourceControl/askWithProgress';
import type { ChatTarget } from '../sourceControl/chatTarget';
import { tellFailure } from '../sourceControl/tellFailure';
import { askInput } from '../ui/askInput';
import { plainText } from '../ui/plainText';
import { pickCommandAction } from './pickCommandAction';
import type { TerminalPorts } from './terminalPorts';

/** The longest reply that is read, in UTF-16 units. */
const longestReply = 40_000;

/** A wish for a command. */
interface CommandWish {
  /** The title of the list with the command. */
  readonly title: string;
  readonly question: Pick<CommandQuestion, 'place' | 'task'>;
  /** The question in a chat, if it continues there. */
  readonly prompt: string;
  readonly attachments: readonly Attachment[];
  /** Puts the command at a prompt. */
  readonly insert: (block: string) => Promise<void>;
}

/** Asks a model for a command and offers it. The user can refine it until it is right. A message tells why there is no command. */
export async function suggestCommand(
  ports: TerminalPorts,
  target: ChatTarget,
  wish: CommandWish,
): Promise<void> {
  const refinements: CommandRefinement[] = [];
  for (;;) {
    const askedAt = ports.now();
    const reply = await ask(ports, target, wish, refinements);
    if (reply === undefined) return;
    const chat = async (): Promise<void> => {
      const { prompt, attachments } = wish;
      const text = [prompt, ...refinements.map(({ request }) => request)].join('\n\n');
      await openAnswer(ports, { text, attachments, target, reply, askedAt, answeredAt: ports.now() });
    };
    const answer = readCommand(reply.text, wish.question.place.shell);
    if (answer.kind === 'empty') {
      void vscode.window.showWarningMessage(vscode.l10n.t("The model's reply is empty."));
      return;
    }
    if (answer.kind !== 'command') {
      await chat();
      return;
    }
    const action = await pickCommandAction(wish.title, answer);
    if (action === 'insert') await wish.insert(answer.block);
    else if (action === 'copy') await vscode.env.clipboard.writeText(answer.block);
    else if (action === 'chat') await chat();
    if (action !== 'refine') return;
    const request = await askInput({
      title: wish.title,
      prompt: vscode.l10n.t('{0} writes the command again.', plainText(target.modelName)),
      placeholder: vscode.l10n.t('What should be different?'),
      validate: (text) => (text === '' ? vscode.l10n.t('Type what to do.') : undefined),
    });
    if (request === undefined) return;
    refinements.push({ answer: reply.text, request });
  }
}

/** Returns undefined if the user stopped the request, or if it failed; a message has told why. */
async function ask(
  ports: TerminalPorts,
  target: ChatTarget,
  wish: CommandWish,
  refinements: readonly CommandRefinement[],
): Promise<OnceReply | undefined> {
  const { instructions, modelName } = target;
  const messages = commandMessages({ ...wish.question, refinements, instructions });
  const title = vscode.l10n.t('Asking {0} for a command…', plainText(modelName));
  const reply = await askWithProgress(ports.client, target, messages, { title, longestReply });
  if (reply === undefined) return undefined;
  const { usage, ending } = reply;
  if (usage !== null) ports.log.info(`A command took ${totalOf(usage)} tokens.`);
  if (isUsable(ending) || !('failure' in ending)) return reply;
  void tellFailure(ending.failure, () => suggestCommand(ports, target, wish));
  return undefined;
}
