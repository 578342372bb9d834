import { answerReasoning, answerText } from '../../shared/answer/answerPart';
import { pathTo, type AssistantMessage } from '../../shared/conversation/conversation';
import type { Route } from '../models/route';
import type { ChatClient, ChatRequest } from '../ports/chatClient';
import type { Log } from '../ports/log';
import type { PromptMessage } from '../ports/promptMessage';
import type { ToolRunner } from '../ports/toolRunner';
import { askOnce, isUsable, usableText } from '../prompt/askOnce';
import { userText } from '../prompt/buildPrompt';
import { planPrompt } from '../prompt/promptPlan';
import type { Target } from '../prompt/target';
import type { TokenCounter } from '../prompt/tokenCounter';
import { countBackgroundRequest } from './countBackgroundRequest';
import type { ConversationLog } from './conversationLog';
import { titleFromModel } from './titleFromPrompt';

/** What `AutomaticTitle` needs. */
export interface AutomaticTitlePorts {
  readonly client: ChatClient;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly counter: TokenCounter;
  /** The tools of the chat's own requests; absent when there are none. */
  readonly tools?: ToolRunner;
  /** True when the user wants titles from the model; absent: never. */
  readonly wantsTitles?: () => boolean;
  /** True when a prompt is queued in the conversation with this id; absent: never. */
  readonly promptWaits?: (conversationId: string) => boolean;
  /**
   * Functions that interrupt the running title requests of all conversations, because a server may handle one request at a
   * time. Absent: each conversation interrupts only its own.
   */
  readonly titleRequests?: Set<() => void>;
}

/** How much of a long prompt and of its answer is quoted to the model, in UTF-16 units each. */
const longestQuote = 2_000;
/** A longer reply, in UTF-16 units, is not a title. */
const longestReply = 2_000;
/** Most tokens of a title; a model that reasons first needs more. */
const titleTokens = { plain: 64, reasoning: 2_000 };
/** A longer chat, in tokens, is quoted instead of sent again: not every gateway charges less for a cached prompt. */
const longestChat = 6_000;
/** After this many interrupted requests, the conversation keeps the title that its first prompt gave. */
const mostInterrupted = 3;

const instruction =
  'Write a title for this conversation: three to seven words, in the language of the question, no quotation marks, no full stop. Reply with the title alone.';

/**
 * Replaces a conversation's first title (the first words of the prompt) by one from the model, once, after the first complete
 * answer. The request goes to the model of that answer. It is interrupted when the user sends another prompt, and repeated
 * after the next answer.
 */
export class AutomaticTitle {
  private wasAsked = false;
  private interrupted = 0;
  private readonly requests: Set<() => void>;

  constructor(
    private readonly conversationLog: ConversationLog,
    private readonly ports: AutomaticTitlePorts,
  ) {
    this.requests = ports.titleRequests ?? new Set();
  }

  /** Call this when an answer has ended. Asks for a title if the answer was the first. */
  answerEnded(answer: AssistantMessage, target: Target): void {
    const { conversation } = this.conversationLog;
    if (this.wasAsked || this.ports.wantsTitles?.() !== true) return;
    if (conversation.titleSource !== 'prompt') return;
    if (!isUsable(answer.ending) || answerText(answer).trim() === '') return;
    // A base model would continue the request for a title.
    if ('gateway' in target.route && target.route.listedEndpoint === 'completions') return;
    // An image model would answer with a picture.
    if (answer.generation !== undefined || answer.parts.some(({ kind }) => kind === 'media')) return;
    // Only after the first prompt: a conversation of an earlier session keeps its title.
    const prompts = pathTo(conversation, answer.id).filter(({ role }) => role === 'user').length;
    if (prompts !== this.interrupted + 1) return;
    if (this.ports.promptWaits?.(conversation.id) === true) {
      this.interrupted += 1;
      return;
    }
    this.wasAsked = true;
    void this.ask(answer, target);
  }

  /** Call this before a prompt is sent. Interrupts title requests, so that a server with one slot is free for the prompt. */
  interrupt(): void {
    for (const interruptRequest of this.requests) interruptRequest();
  }

  private async ask(answer: AssistantMessage, target: Target): Promise<void> {
    const { route } = target;
    if ('failure' in route) return;
    const { client, log, now } = this.ports;
    const question = this.question(answer, target);
    if (question === undefined) return;
    const reasons = answerReasoning(answer) !== '' || (answer.usage?.reasoningTokens ?? 0) > 0;
    const parameters = { max_tokens: reasons ? titleTokens.reasoning : titleTokens.plain };
    const stopping = new AbortController();
    const interrupt = (): void => {
      this.requests.delete(interrupt);
      this.interrupted += 1;
      this.wasAsked = this.interrupted > mostInterrupted;
      stopping.abort();
    };
    this.requests.add(interrupt);
    try {
      const limits = { longestReply };
      const reply = await askOnce(client, { ...route, parameters }, question, limits, stopping.signal);
      const { model, pricing } = target;
      const { messages } = question;
      const request = { purpose: 'title', model, pricing, messages, reply } as const;
      this.conversationLog.write(countBackgroundRequest(request, this.ports.counter, now()));
      const title = titleFromModel(usableText(reply));
      // The user may have renamed the conversation in the meantime.
      if (title === '' || this.conversationLog.conversation.titleSource !== 'prompt') return;
      this.conversationLog.write([{ kind: 'title-changed', title, source: 'model', at: now() }]);
    } catch (error) {
      log.warn(`Could not get a title: ${String(error)}`);
    } finally {
      this.requests.delete(interrupt);
    }
  }

  /**
   * Asks as the next turn of the same chat: the server reads the chat from its prompt cache and keeps the cache for the next
   * prompt. A long chat is quoted instead, except on a local server, where a cached prompt costs nothing.
   */
  private question(answer: AssistantMessage, target: Target): Omit<ChatRequest, keyof Route> | undefined {
    const { modelId } = target.model;
    const path = pathTo(this.conversationLog.conversation, answer.id);
    const { messages, budget } = planPrompt(path, target, this.ports.counter);
    const isLocal = 'gateway' in target.route && target.route.gateway.auth === 'none';
    if (isLocal || budget.used <= longestChat) {
      const tools = this.ports.tools?.definitions ?? [];
      return {
        modelId,
        messages: [...messages, { role: 'user', content: instruction }],
        ...(tools.length > 0 && { tools }),
      };
    }
    const [prompt] = path;
    return prompt?.role === 'user'
      ? { modelId, messages: quoteExchange(userText(prompt), answerText(answer)) }
      : undefined;
  }
}

function quoteExchange(prompt: string, answer: string): PromptMessage[] {
  const content = [
    instruction,
    `Question:\n${prompt.slice(0, longestQuote)}`,
    `Answer:\n${answer.slice(0, longestQuote)}`,
  ];
  return [{ role: 'user', content: content.join('\n\n') }];
}
