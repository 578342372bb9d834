import type { ToolCall } from '../../shared/answer/toolCall';
import type { ToolOutcome } from '../../shared/answer/toolCallState';
import type { AssistantMessage } from '../../shared/conversation/conversation';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import type { Ending } from '../../shared/answer/ending';
import type { ToolRunner } from '../ports/toolRunner';
import { toolResultEvent } from './toolResultEvent';

/** A model that calls tools again and again is stopped after this many rounds. */
const mostRounds = 10;

/** What the model is told about calls that did not run to their end. */
const words = {
  stopped: 'The user stopped this call before it finished.',
  notRun: 'The user stopped the run before this call began.',
  tooManyRounds: `This call was not run: ${mostRounds} rounds of tool calls are the most for one prompt.`,
};

/** What a run needs of the conversation that it writes. */
interface AgentRunPorts {
  /** The tools that models may call. Undefined: models may call no tool. */
  readonly tools: ToolRunner | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A new id for a message. */
  readonly newId: () => string;
  readonly write: (events: readonly ConversationEvent[]) => void;
  /**
   * Asks for an answer below the message `parent`, and resolves with it when it has ended. `before` are events to write
   * together with the new answer, the message `parent` among them.
   */
  readonly ask: (
    parent: string,
    before: readonly ConversationEvent[],
    run: AgentRun,
  ) => Promise<AssistantMessage | undefined>;
}

interface OpenCall {
  readonly call: ToolCall;
  /** Which of the answer's calls it is, counted from 0. */
  readonly place: number;
}

/**
 * Everything that follows from one prompt: an answer, the tools that it calls, the answer to their results, and so on until
 * the model calls no tool. One signal stops all of it; `running` is true until all of it has ended. No call stays without a
 * result: one that did not run to its end gets a result that says why.
 */
export class AgentRun {
  /** Aborts the stream and the tool that are at work. */
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();
  /** Tools that were told to stop and have not ended. */
  private readonly stopping: Promise<unknown>[] = [];
  private rounds = 0;
  private isOver = false;

  constructor(private readonly ports: AgentRunPorts) {
    this.signal = this.controller.signal;
  }

  /** True until the stream, the tools and everything that follows from them have ended. */
  get running(): boolean {
    return !this.isOver;
  }

  /** Stops the stream or the tool that is at work. What has come stays. */
  stop(): void {
    this.controller.abort();
  }

  /**
   * Call this before the end of an answer is written; returns what to write with it. If the answer calls no tool, the run is
   * over from now on, so that a listener of the end may ask again. If it does, the first call runs from now on, so that
   * nothing in between looks like the end of the run.
   */
  beforeEnd(answer: AssistantMessage, ending: Ending): readonly ConversationEvent[] {
    const [first] = ending.outcome === 'completed' ? this.callsToAnswer(answer) : [];
    if (first === undefined) {
      this.isOver = true;
      return [];
    }
    return this.signal.aborted || this.rounds >= mostRounds ? [] : [this.startOf(answer, first)];
  }

  /** Goes on from an answer that has ended until the model calls no more tools. Returns the last answer. */
  async goOn(answer: AssistantMessage): Promise<AssistantMessage> {
    let last = answer;
    try {
      while (!this.isOver) {
        const results = await this.answerCalls(last);
        if (results === undefined) break;
        const next = await this.ports.ask(results.parent, results.before, this);
        if (next === undefined) break;
        last = next;
      }
      await Promise.all(this.stopping);
    } finally {
      this.isOver = true;
    }
    return last;
  }

  /** Whole calls of an answer without a result, when there are tools at all. A truncated call is never run. */
  private callsToAnswer(answer: AssistantMessage): readonly OpenCall[] {
    if (this.ports.tools === undefined) return [];
    return answer.parts
      .filter((part) => part.kind === 'tool-call')
      .map(({ call }, place) => ({ call, place }))
      .filter(({ call }) => call.complete);
  }

  /**
   * Runs the calls of an answer in their order, and writes the results. Returns where to go on, with the last result, which is
   * written with the next answer; undefined when the run ends here.
   */
  private async answerCalls(
    answer: AssistantMessage,
  ): Promise<{ parent: string; before: readonly ConversationEvent[] } | undefined> {
    const { tools, write } = this.ports;
    const calls = this.callsToAnswer(answer);
    const isTooOften = this.rounds >= mostRounds;
    this.rounds += 1;
    let parent = answer.id;
    for (const [index, open] of calls.entries()) {
      if (index > 0 && !this.signal.aborted && !isTooOften) write([this.startOf(answer, open)]);
      const result =
        isTooOften || tools === undefined
          ? ({ text: words.tooManyRounds, outcome: 'cancelled' } as const)
          : await this.runTool(tools, open.call);
      const id = this.ports.newId();
      const event = toolResultEvent(id, parent, open.call, { ...result, at: this.ports.now() });
      const isLast = index === calls.length - 1;
      if (isLast && !isTooOften && !this.signal.aborted) return { parent: id, before: [event] };
      if (isLast) this.isOver = this.stopping.length === 0;
      write([event]);
      parent = id;
    }
    return undefined;
  }

  private async runTool(
    tools: ToolRunner,
    call: ToolCall,
  ): Promise<{ readonly text: string; readonly outcome: ToolOutcome }> {
    if (this.wasStopped()) return { text: words.notRun, outcome: 'cancelled' };
    const running = runToEnd(tools, call, this.signal);
    // The call is closed at once, also when the tool takes its time to stop.
    const stopped = new Promise<undefined>((resolve) => {
      this.signal.addEventListener('abort', () => {
        resolve(undefined);
      });
    });
    const result = await Promise.race([running, stopped]);
    // A tool that obeys may end with an error before this is looked at.
    if (result !== undefined && !this.wasStopped()) return result;
    this.stopping.push(running);
    return { text: words.stopped, outcome: 'cancelled' };
  }

  private wasStopped(): boolean {
    return this.signal.aborted;
  }

  private startOf(answer: AssistantMessage, { place }: OpenCall): ConversationEvent {
    return { kind: 'tool-call-state', id: answer.id, call: place, state: 'running', at: this.ports.now() };
  }
}

/** Never rejects: the model is told what went wrong, and may try something else. */
async function runToEnd(
  tools: ToolRunner,
  call: ToolCall,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly outcome: 'done' | 'failed' }> {
  try {
    return { text: await tools.run(call, signal), outcome: 'done' };
  } catch (error) {
    return {
      text: `Error: ${error instanceof Error ? error.message : String(error)}`,
      outcome: 'failed',
    };
  }
}
