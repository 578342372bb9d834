import { pathTo, type AssistantMessage } from '../../shared/conversation/conversation';
import type { ConversationLog } from './conversationLog';
import { collectText, saysEnough } from './collectText';
import type { ChatClient } from '../ports/chatClient';
import type { Log } from '../ports/log';
import type { PromptMessage } from '../ports/promptMessage';
import type { ToolRunner } from '../ports/toolRunner';
import { userText } from '../prompt/buildPrompt';
import { planPrompt } from '../prompt/promptPlan';
import type { Target } from '../prompt/target';
import { titleFromModel } from './titleFromPrompt';
import type { TokenCounter } from '../prompt/tokenCounter';

/** What finding a title needs. */
export interface AutomaticTitlePorts {
  readonly client: ChatClient;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly counter: TokenCounter;
  /** The tools that go with the chat's own requests; see there. */
  readonly tools?: ToolRunner;
  /** True when the user wants titles from the model; absent for never. */
  readonly wantsTitles?: () => boolean;
  /** True when a prompt waits to be asked in the conversation of this id; absent for never. */
  readonly promptWaits?: (conversationId: string) => boolean;
  /**
   * Interrupts the requests for titles that are under way, of all conversations: a server may have one slot for all. Absent:
   * of this conversation alone.
   */
  readonly titleRequests?: Set<() => void>;
}

/** Of a long prompt and its answer only their beginnings are shown to the model, in UTF-16 units: a title needs no more. */
const mostShown = 2_000;
/** A model that writes more than this was not going to write a title. */
const longestReply = 2_000;
/** Tokens that a title may have, and what a model that thinks first may have besides. */
const titleTokens = { plain: 64, thinking: 2_000 };
/** A longer chat is quoted instead of asked on, in tokens: not every gateway charges less for what it has in its cache. */
const longestChat = 6_000;
/** Requests that came to nothing because the user asked on; after so many the first words stay the title. */
const mostInterrupted = 3;

const wish =
  'Write a title for this conversation: three to seven words, in the language of the question, no quotation marks, no full stop. Reply with the title alone.';

/**
 * Gives a conversation a better title than its first words, once, after the first whole answer: the model that wrote it is
 * asked. The request comes after everything else: it is short, it is cancelled when the user asks on, and tried again after
 * the next answer.
 */
export class AutomaticTitle {
  private wasAsked = false;
  private interrupted = 0;
  private readonly requests: Set<() => void>;

  constructor(
    private readonly book: ConversationLog,
    private readonly ports: AutomaticTitlePorts,
  ) {
    this.requests = ports.titleRequests ?? new Set();
  }

  /** An answer has ended: if it was the first, its model is asked for a title. */
  answerEnded(answer: AssistantMessage, target: Target): void {
    const { conversation } = this.book;
    if (this.wasAsked || this.ports.wantsTitles?.() !== true) return;
    if (conversation.titleSource !== 'prompt') return;
    if (!saysEnough(answer.ending) || answer.text.trim() === '') return;
    // A model that draws would draw a title.
    if (answer.media.length > 0) return;
    // Only the first exchange: a conversation of an earlier session keeps the title that it has.
    const prompts = pathTo(conversation, answer.id).filter(({ role }) => role === 'user').length;
    if (prompts !== this.interrupted + 1) return;
    if (this.ports.promptWaits?.(conversation.id) === true) {
      this.interrupted += 1;
      return;
    }
    this.wasAsked = true;
    void this.ask(answer, target);
  }

  /** The user asks: titles wait, so that a server with one slot is free for the question. */
  interrupt(): void {
    for (const request of this.requests) request();
  }

  private async ask(answer: AssistantMessage, target: Target): Promise<void> {
    const { route, model } = target;
    if ('failure' in route) return;
    const { client, log, now } = this.ports;
    const question = this.question(answer, target);
    if (question === undefined) return;
    const thinks = answer.reasoning !== '' || (answer.usage?.reasoningTokens ?? 0) > 0;
    const parameters = { max_tokens: thinks ? titleTokens.thinking : titleTokens.plain };
    const stream = client.ask({ ...route, parameters, modelId: model.modelId, ...question });
    const interrupt = (): void => {
      this.requests.delete(interrupt);
      this.interrupted += 1;
      this.wasAsked = this.interrupted > mostInterrupted;
      stream.cancel();
    };
    this.requests.add(interrupt);
    try {
      const title = titleFromModel(await collectText(stream, longestReply));
      // The user may have named it meanwhile.
      if (title === '' || this.book.conversation.titleSource !== 'prompt') return;
      this.book.write([{ kind: 'title-changed', title, source: 'model', at: now() }]);
    } catch (error) {
      log.warn(`No title could be had: ${String(error)}`);
    } finally {
      this.requests.delete(interrupt);
    }
  }

  /**
   * Asks as one more turn of the chat: what the server has in its cache is read in a moment, and stays there for the next
   * question. A long chat is quoted instead, unless it is a local server's.
   */
  private question(
    answer: AssistantMessage,
    target: Target,
  ): Pick<Parameters<ChatClient['ask']>[0], 'messages' | 'tools'> | undefined {
    const path = pathTo(this.book.conversation, answer.id);
    const { messages, budget } = planPrompt(path, target, this.ports.counter);
    const isLocal = 'gateway' in target.route && target.route.gateway.auth === 'none';
    if (isLocal || budget.used <= longestChat) {
      const tools = this.ports.tools?.definitions ?? [];
      return {
        messages: [...messages, { role: 'user', content: wish }],
        ...(tools.length > 0 && { tools }),
      };
    }
    const [prompt] = path;
    return prompt?.role === 'user' ? { messages: quoting(userText(prompt), answer.text) } : undefined;
  }
}

function quoting(prompt: string, answer: string): PromptMessage[] {
  const content = [
    wish,
    `Question:\n${prompt.slice(0, mostShown)}`,
    `Answer:\n${answer.slice(0, mostShown)}`,
  ];
  return [{ role: 'user', content: content.join('\n\n') }];
}
