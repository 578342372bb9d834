import type { Ending } from '../../shared/answer/ending';
import { pathTo, type AssistantMessage, type Conversation } from '../../shared/conversation/conversation';
import type { PromptRecord } from '../../shared/conversation/promptRecord';
import type { AnswerStream } from '../ports/answerStream';
import type { ChatClient } from '../ports/chatClient';
import type { AnswerGeneration, AnswerPlace } from '../ports/generationClient';
import type { Log } from '../ports/log';
import type { MediaStore } from '../ports/mediaStore';
import type { PromptMessage } from '../ports/promptMessage';
import type { ToolRunner } from '../ports/toolRunner';
import { planPrompt } from '../prompt/promptPlan';
import type { Target } from '../prompt/target';
import type { TokenCounter } from '../prompt/tokenCounter';
import { generationRequest, hasStoredPictures, withStoredPictures } from './generationRequest';
import { failedStream } from './runTurn';

/** What an `AnswerOpener` needs. */
export interface AnswerOpenerPorts {
  readonly client: ChatClient;
  readonly log: Log;
  readonly counter: TokenCounter;
  /** The tools that models may call. Absent: models may call no tool. */
  readonly tools?: ToolRunner;
  /** Makes pictures, video and music. Absent: every model is asked as a chat model. */
  readonly generation?: AnswerGeneration;
  /** Where such media are kept. */
  readonly media?: MediaStore;
}

/** The messages for one answer. */
export interface Question {
  readonly messages: readonly PromptMessage[];
  readonly record?: PromptRecord;
  /** Replaces the answer to the messages: the failure of a request that must not be sent, or pictures that a gateway makes. */
  readonly stream?: AnswerStream;
}

/** Decides what an answer is requested with, and opens its stream: a chat, or pictures, video and music. */
export class AnswerOpener {
  constructor(
    private readonly conversation: Conversation,
    private readonly ports: AnswerOpenerPorts,
  ) {}

  /** The question for an answer that was added to the conversation. A request for pictures, video or music is sent at once. */
  questionFor(answer: AssistantMessage, target: Target): Question {
    const path = pathTo(this.conversation, answer.id);
    const request =
      answer.generation === undefined ? undefined : generationRequest(path, answer.generation, target);
    const generated = request && this.ports.generation?.generate(request, this.placeOf(answer));
    if (generated !== undefined) return { messages: [], stream: generated };
    const plan = planPrompt(path, target, this.ports.counter);
    const { messages, record } = plan;
    if (!plan.isTooLong || !('gateway' in target.route)) return { messages, record };
    return { messages, stream: failedStream(tooLong(target, plan.budget.used, plan.limit ?? 0)) };
  }

  /** The stream that waits again for the task of an answer; undefined if the answer has no task. Sends nothing that is billed. */
  followTask(answer: AssistantMessage, { route, model }: Target): AnswerStream | undefined {
    const task = answer.progress?.task ?? null;
    const { generation } = this.ports;
    if (task === null || generation === undefined) return undefined;
    return 'failure' in route
      ? failedStream({ outcome: 'failed', failure: route.failure })
      : generation.followTask(task, route, model.modelId, this.placeOf(answer));
  }

  private placeOf({ id }: AssistantMessage): AnswerPlace {
    return { conversationId: this.conversation.id, answerId: id };
  }

  private async sendWithPictures(messages: readonly PromptMessage[], target: Target): Promise<AnswerStream> {
    const { media } = this.ports;
    const { id } = this.conversation;
    return this.send(
      await withStoredPictures(messages, async (address) => await media?.read(id, address)),
      target,
    );
  }

  /** The stream for a question; a promise only if stored pictures must be read first. */
  streamOf({ messages, stream }: Question, target: Target): AnswerStream | Promise<AnswerStream> {
    if (stream !== undefined) return stream;
    return hasStoredPictures(messages)
      ? this.sendWithPictures(messages, target)
      : this.send(messages, target);
  }

  /** Media that a gateway makes are kept beside the journal; those of a chat are part of its answer. */
  keepMediaOf(answer: AssistantMessage): { keepMedia?: (dataUrl: string) => Promise<string> } {
    const { media, log } = this.ports;
    if (media === undefined || answer.generation === undefined) return {};
    return {
      keepMedia: async (dataUrl) => {
        try {
          return await media.keep(this.conversation.id, dataUrl);
        } catch (error) {
          log.error(`A medium could not be stored and stays in the journal: ${String(error)}`);
          return dataUrl;
        }
      },
    };
  }

  private send(messages: readonly PromptMessage[], target: Target): AnswerStream {
    const { route, model } = target;
    if ('failure' in route) return failedStream({ outcome: 'failed', failure: route.failure });
    const tools = this.ports.tools?.definitions ?? [];
    return this.ports.client.ask({
      ...route,
      modelId: model.modelId,
      messages,
      ...(target.maxOutput !== null && { maxOutput: target.maxOutput }),
      ...(tools.length > 0 && { tools }),
    });
  }
}

/** The ending of an answer whose prompt alone is longer than the context window. */
function tooLong({ model, modelName }: Target, used: number, limit: number): Ending {
  return {
    outcome: 'failed',
    failure: {
      kind: 'request-too-large',
      retryable: false,
      gatewayId: model.gatewayId,
      gatewayName: modelName,
      modelId: model.modelId,
      detail: `≈ ${used} > ${limit} tokens`,
    },
  };
}
