import { decideAboutFile } from '../../../src/core/context/decideAboutFile';
import { hasBinaryName, isBinary } from '../../../src/core/context/isBinary';
import { planPrompt } from '../../../src/core/prompt/promptPlan';
import { TokenCounter } from '../../../src/core/prompt/tokenCounter';
import { directNetwork } from '../../../src/gateway/network/networkSettings';
import { prepareChatRequest } from '../../../src/gateway/endpoints/prepareChatRequest';
import type { TextAttachment } from '../../../src/shared/conversation/attachment';
import type { UserMessage } from '../../../src/shared/conversation/conversation';
import { demoTarget } from '../../support/corePorts';
import type { Figure } from '../figure';
import { answerOf } from '../render/answer';
import { processorTime } from '../processorTime';
import { inAllSizes, measureGrowth } from './sizes';

/** Characters of the smallest file: 10 KB. */
const least = 10_000;

const guarded = 2_000;
const counted = 5;
const { model } = demoTarget;

/** What a file is to the guard, and what it becomes in a prompt. */
interface AttachedFile {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly prompt: UserMessage;
  /** Has seen the file before. */
  readonly counter: TokenCounter;
}

/** What a file of 10 KB, 100 KB and 1 MB costs on its way into a prompt. */
export async function measureAttachments(): Promise<Figure[]> {
  const files = await inAllSizes(least, makeFile);
  return [
    await measureGrowth({
      name: 'growth-attachment-guard',
      unit: 'µs',
      things: files,
      growth: 'flat',
      measure: costOfGuarding,
    }),
    await measureGrowth({
      name: 'growth-attachment-tokens',
      unit: 'µs',
      things: files,
      growth: 'linear',
      measure: ({ text }) => processorTime(() => new TokenCounter(new Map()).countText(model, text)),
      // The least that a count has to do: look at each character once.
      floor: ({ text }) => processorTime(() => sumOfCharacters(text)),
    }),
    await measureGrowth({
      name: 'growth-attachment-budget',
      unit: 'µs',
      things: files,
      growth: 'linear',
      measure: costOfRefreshing,
    }),
    await measureGrowth({
      name: 'growth-attachment-prompt',
      unit: 'µs',
      things: files,
      growth: 'linear',
      measure: costOfAsking,
      floor: ({ text }) =>
        perCount(() => JSON.stringify({ messages: [{ role: 'user', content: text }] }).length),
    }),
  ];
}

function makeFile(size: number): AttachedFile {
  const text = answerOf(size);
  const attachment: TextAttachment = {
    kind: 'text',
    id: 'file',
    scope: 'paste',
    name: 'words.ts',
    languageId: 'typescript',
    text,
    truncated: false,
  };
  const prompt: UserMessage = {
    id: 'prompt',
    parent: null,
    children: [],
    selectedChild: null,
    createdAt: 0,
    role: 'user',
    text: 'What does it do?',
    attachments: [attachment],
    comparison: null,
  };
  return { bytes: Buffer.from(text), text, prompt, counter: new TokenCounter(new Map()) };
}

async function costOfGuarding({ bytes }: AttachedFile): Promise<number> {
  const path = '/home/somebody/project/src/words.ts';
  const time = await processorTime(() => {
    for (let count = 0; count < guarded; count += 1) {
      const verdict = decideAboutFile({ path, foundAt: path, outside: false, hidden: false }, 'page');
      if (verdict.kind !== 'allowed' || hasBinaryName(path) || isBinary(bytes)) throw new Error('Refused.');
    }
  });
  return time / guarded;
}

/** What each refresh of the panel does while the file is part of the conversation. */
async function costOfRefreshing({ prompt, counter }: AttachedFile): Promise<number> {
  return await perCount(() => planPrompt([prompt], demoTarget, counter).budget.used);
}

async function costOfAsking({ prompt, counter }: AttachedFile): Promise<number> {
  return await perCount(async () => {
    const { messages } = planPrompt([prompt], demoTarget, counter);
    if ('failure' in demoTarget.route) throw new Error('There is nobody to ask.');
    const keys = { read: () => Promise.resolve('key') };
    await prepareChatRequest({ ...demoTarget.route, modelId: 'model', messages }, keys, directNetwork);
  });
}

async function perCount(action: () => unknown): Promise<number> {
  const time = await processorTime(async () => {
    for (let count = 0; count < counted; count += 1) await action();
  });
  return time / counted;
}

function sumOfCharacters(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) sum = (sum + text.charCodeAt(index)) | 0;
  return sum;
}
