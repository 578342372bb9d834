import type { Usage } from '../../shared/answer/usage';
import type { Attachment } from '../../shared/conversation/attachment';
import type { BackgroundRequest } from '../../shared/conversation/backgroundRequest';
import { selectedPath, type Conversation } from '../../shared/conversation/conversation';
import type { PromptRecord } from '../../shared/conversation/promptRecord';
import { chatCostOf, type ChatCost } from './chatCost';
import { promptCutMark } from '../../shared/failure/nameOfUnsupportedParameter';

/** The last prompt of a conversation that was sent. */
export interface SentPrompt {
  readonly modelName: string;
  readonly record: PromptRecord;
  /** The attachments of the prompt. */
  readonly attachments: readonly Attachment[];
  /** The counts of the gateway; null before they arrive. */
  readonly usage: Usage | null;
  /** How many tokens the server read if it cut the prompt, and how many were expected; null otherwise. */
  readonly cut: { readonly read: number; readonly expected: number } | null;
}

/** The requests that Parley made by itself for one purpose. */
export interface OwnRequests {
  readonly purpose: BackgroundRequest['purpose'];
  readonly count: number;
  /** The sum of their tokens. It is estimated if one of them is. */
  readonly usage: Usage;
}

/** What a conversation used. */
export interface ContextUsage {
  readonly last: SentPrompt | null;
  readonly requests: readonly OwnRequests[];
  readonly cost: ChatCost;
}

/** Reads from a conversation what its last prompt consisted of, and what Parley asked for by itself. */
export function contextUsageOf(conversation: Conversation): ContextUsage {
  return {
    last: lastSent(conversation),
    requests: ownRequests(conversation.backgroundRequests),
    cost: chatCostOf(conversation),
  };
}

function lastSent(conversation: Conversation): SentPrompt | null {
  const path = selectedPath(conversation);
  const at = path.findLastIndex((message) => message.role === 'assistant' && message.prompt !== null);
  const answer = path[at];
  if (answer?.role !== 'assistant' || answer.prompt === null) return null;
  const prompt = path.slice(0, at).findLast(({ role }) => role === 'user');
  return {
    modelName: answer.modelName,
    record: answer.prompt,
    attachments: prompt?.role === 'user' ? prompt.attachments : [],
    usage: answer.usage,
    cut: cutOf(answer.adaptations),
  };
}

function cutOf(adaptations: readonly string[]): SentPrompt['cut'] {
  const entry = adaptations.findLast((part) => part.startsWith(promptCutMark));
  const [read, expected] = entry?.slice(promptCutMark.length).split('/').map(Number) ?? [];
  return Number.isFinite(read) && Number.isFinite(expected) && read !== undefined && expected !== undefined
    ? { read, expected }
    : null;
}

function ownRequests(requests: readonly BackgroundRequest[]): OwnRequests[] {
  const purposes = [...new Set(requests.map(({ purpose }) => purpose))];
  return purposes.map((purpose) => {
    const usages = requests.filter((request) => request.purpose === purpose).map(({ usage }) => usage);
    const sum = (of: (usage: Usage) => number | undefined): number =>
      usages.reduce((total, usage) => total + (of(usage) ?? 0), 0);
    return {
      purpose,
      count: usages.length,
      usage: {
        promptTokens: sum(({ promptTokens }) => promptTokens),
        completionTokens: sum(({ completionTokens }) => completionTokens),
        ...(usages.some(({ estimated }) => estimated === true) && { estimated: true }),
      },
    };
  });
}
