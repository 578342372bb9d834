import { answerText } from '../../shared/answer/answerPart';
import { pathTo, type AssistantMessage } from '../../shared/conversation/conversation';
import type { ChatClient } from '../ports/chatClient';
import type { Log } from '../ports/log';
import type { ToolRunner } from '../ports/toolRunner';
import { isUsable } from '../prompt/askOnce';
import { userText } from '../prompt/buildPrompt';
import { planPrompt } from '../prompt/promptPlan';
import type { Target } from '../prompt/target';
import type { TokenCounter } from '../prompt/tokenCounter';
import { countBackgroundRequest } from './countBackgroundRequest';
import type { ConversationLog } from './conversationLog';

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

/** After this many interrupted requests, the conversation keeps the title that its first prompt gave. */
const mostInterrupted = 3;

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
    const { route, model, pricing } = target;
    const path = pathTo(this.conversationLog.conversation, answer.id);
    const [prompt] = path;
    if ('failure' in route || prompt?.role !== 'user') return;
    const { log, now, counter } = this.ports;
    const stopping = new AbortController();
    const interrupt = (): void => {
      this.requests.delete(interrupt);
      this.interrupted += 1;
      this.wasAsked = this.interrupted > mostInterrupted;
      stopping.abort();
    };
    this.requests.add(interrupt);
    try {
      const { requestTitle } = await import('./requestTitle');
      if (stopping.signal.aborted) return;
      const plan = planPrompt(path, target, counter);
      const chat = { route, modelId: model.modelId, prompt: userText(prompt), answer, plan };
      const { title, messages, reply } = await requestTitle(this.ports, chat, stopping.signal);
      const request = { purpose: 'title', model, pricing, messages, reply } as const;
      this.conversationLog.write(countBackgroundRequest(request, counter, now()));
      // The user may have renamed the conversation in the meantime.
      if (title === '' || this.conversationLog.conversation.titleSource !== 'prompt') return;
      this.conversationLog.write([{ kind: 'title-changed', title, source: 'model', at: now() }]);
    } catch (error) {
      log.warn(`Could not get a title: ${String(error)}`);
    } finally {
      this.requests.delete(interrupt);
    }
  }
}
