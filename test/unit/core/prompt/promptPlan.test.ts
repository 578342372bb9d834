import { equal, ok } from 'node:assert/strict';
import { detectPromptCut } from '../../../../src/core/prompt/detectPromptCut';
import { planPrompt, planShortening } from '../../../../src/core/prompt/promptPlan';
import { Session } from '../../../../src/core/conversation/session';
import type { Target } from '../../../../src/core/prompt/target';
import { TokenCounter } from '../../../../src/core/prompt/tokenCounter';
import { emptyConversation, selectedPath } from '../../../../src/shared/conversation/conversation';
import { demoTarget, memoryPorts, settle } from '../../../support/corePorts';
import { answerMessage, userMessage } from '../../../support/messages';

const long = [userMessage({ text: 'word '.repeat(150_000) })];

function isTooLong(target: Partial<Target>): boolean {
  return planPrompt(long, { ...demoTarget, ...target }, new TokenCounter(new Map())).isTooLong;
}

const modelId = (id: string): Pick<Target, 'model'> => ({ model: { gatewayId: 'demo', modelId: id } });

describe('A context window', () => {
  it("does not stop a prompt when it is only the usual value of the model's family", () => {
    equal(isTooLong({ ...modelId('deepseek-r1'), contextWindow: 128_000 }), false);
    equal(isTooLong({ ...modelId('claude-3-5-haiku'), contextWindow: 200_000, promptLimit: null }), false);
    equal(isTooLong({ ...modelId('gpt-4o'), contextWindow: 128_000 }), false);
    equal(isTooLong({ contextWindow: null }), false);
  });

  it('stops a longer prompt when it comes from the gateway or the settings', () => {
    equal(isTooLong({ ...modelId('deepseek-r1'), contextWindow: 64_000 }), true);
    equal(isTooLong({ ...modelId('deepseek-r1'), contextWindow: 128_000, promptLimit: 128_000 }), true);
    equal(isTooLong({ contextWindow: 4_096 }), true);
  });

  it('does not stop a prompt that exceeds it within the tolerance of the estimate', () => {
    const counted = planPrompt(long, demoTarget, new TokenCounter(new Map())).budget.used;
    equal(isTooLong({ contextWindow: Math.round(counted * 0.97) }), false);
    equal(isTooLong({ contextWindow: Math.round(counted * 0.5) }), true);
  });

  it('leaves out more messages when it is an estimate and the gateway has just refused the prompt', () => {
    const path = Array.from({ length: 10 }, (_, at) => [
      userMessage({ id: `u${at}`, text: 'word '.repeat(500) }),
      answerMessage({ id: `a${at}`, text: 'Yes.' }),
    ]).flat();
    const counter = new TokenCounter(new Map());
    const guess = { ...demoTarget, ...modelId('deepseek-r1'), contextWindow: 128_000 };
    ok(planShortening(path, guess, counter) >= 6);
    equal(planShortening(path, { ...guess, promptLimit: 128_000 }, counter), 0);
  });
});

describe('A prompt that a server cut silently', () => {
  it('is detected by a count far below the estimate', () => {
    equal(detectPromptCut({ promptTokens: 763 }, 2_811, false), 'prompt 763/2811');
    equal(detectPromptCut({ promptTokens: 2_048 }, 60_000, false), 'prompt 2048/60000');
    equal(detectPromptCut({ promptTokens: 1_600 }, 2_811, true), 'prompt 1600/2811');
  });

  it('is not assumed when the count is plausible or means something else', () => {
    for (const [usage, expected, isCalibrated] of [
      [{ promptTokens: 2_500 }, 2_811, false],
      [{ promptTokens: 1_600 }, 2_811, false],
      [{ promptTokens: 2_000 }, 2_811, true],
      [{ promptTokens: 40 }, 200, false],
      [{ promptTokens: 1 }, 9_000, false],
      [{ promptTokens: 0 }, 9_000, false],
      [{}, 9_000, false],
      [{ promptTokens: 763, estimated: true }, 2_811, false],
      [{ promptTokens: 300, cachedTokens: 2_400 }, 2_811, false],
      [{ promptTokens: 9_000 }, 2_811, true],
    ] as const) {
      equal(detectPromptCut(usage, expected, isCalibrated), undefined, JSON.stringify([usage, expected]));
    }
  });

  it('is noted at the answer and does not change the correction factor', async () => {
    const ports = memoryPorts();
    const session = new Session(emptyConversation('chat', 0), ports);
    const text = 'round and around the tree we go '.repeat(400);
    session.submit(text, [], demoTarget);
    const before = ports.counter.countText(demoTarget.model, text);
    ports.client.last.send({ kind: 'usage', usage: { promptTokens: 763, completionTokens: 5 } });
    ports.client.last.complete('Hello');
    await settle();
    const answer = selectedPath(session.conversation).at(-1);
    ok(answer?.role === 'assistant');
    ok(answer.adaptations.some((part) => part.startsWith('prompt 763/')));
    equal(ports.counter.countText(demoTarget.model, text), before);
  });
});
