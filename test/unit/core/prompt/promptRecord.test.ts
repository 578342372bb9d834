import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildPrompt } from '../../../../src/core/prompt/buildPrompt';
import { planContinuation, planNext, planPrompt, styleOf } from '../../../../src/core/prompt/promptPlan';
import type { InstructionText, Target } from '../../../../src/core/prompt/target';
import { TokenCounter } from '../../../../src/core/prompt/tokenCounter';
import type { Attachment } from '../../../../src/shared/conversation/attachment';
import type { Message } from '../../../../src/shared/conversation/conversation';
import { tokensOf, type PromptRecord, type SentPart } from '../../../../src/shared/conversation/promptRecord';
import { demoTarget, settingsInstructions } from '../../../support/corePorts';
import { answerMessage, codeAttachment, userMessage } from '../../../support/messages';

const counter = (): TokenCounter => new TokenCounter(new Map());

function partOf({ parts }: PromptRecord, kind: SentPart['kind']): SentPart | undefined {
  return parts.find((part) => part.kind === kind);
}

const picture: Attachment = { kind: 'image', id: 'p', name: 'cat.png', url: 'data:image/png;base64,AAAA' };
const agents: InstructionText = {
  source: 'file',
  id: 'instructions-1',
  name: 'docs/AGENTS.md',
  text: 'Write tests first.',
  truncated: true,
};
const target: Target = { ...demoTarget, instructions: [...settingsInstructions('Be brief.'), agents] };

const text = fc.oneof(
  fc.lorem(),
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constant('round and around '.repeat(60)),
);
const attachment: fc.Arbitrary<Attachment> = fc.oneof(
  fc.record({ text, truncated: fc.boolean() }).map((fields) => codeAttachment(fields)),
  fc.constant(picture),
);

const systemText: InstructionText = {
  source: 'chat',
  id: '',
  name: '',
  text: 'Answer in verse.',
  truncated: false,
};

/** Prompts with attachments, answers with reasoning, tool calls and their results, some of them without content. */
const path: fc.Arbitrary<Message[]> = fc
  .array(
    fc.record({
      prompt: text,
      attachments: fc.array(attachment, { maxLength: 4 }),
      answer: text,
      reasoning: text,
      calls: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((turns) =>
    turns.flatMap(({ prompt, attachments, answer, reasoning, calls }, at): Message[] => {
      const call = { id: `call ${at}`, name: 'read', arguments: '{"path":"a.ts"}', complete: true };
      const named = attachments.map((each, index) => ({ ...each, id: `${at} ${index}` }));
      return [
        userMessage({ id: `u${at}`, text: prompt, attachments: named }),
        answerMessage({ id: `a${at}`, text: answer, reasoning, ...(calls && { toolCalls: [call] }) }),
        ...(calls
          ? [
              {
                ...userMessage({}),
                id: `t${at}`,
                role: 'tool' as const,
                callId: call.id,
                name: 'read',
                text: prompt,
              },
            ]
          : []),
      ];
    }),
  );

describe('The record of a prompt', () => {
  it('has parts that add up to the tokens of exactly the messages that are sent', () => {
    fc.assert(
      fc.property(
        path,
        text,
        fc.array(attachment, { maxLength: 3 }),
        fc.double({ min: 0.6, max: 2.5, noNaN: true }),
        (before, draft, attachments, factor) => {
          const counts = new TokenCounter(new Map([['demo/demo-1', factor]]));
          const next = userMessage({ id: 'next', text: draft, attachments });
          for (const plan of [
            planPrompt(before, target, counts),
            planNext(before, next, target, counts),
            planNext(before, null, target, counts),
          ]) {
            assert.equal(tokensOf(plan.record), plan.budget.used);
            assert.equal(plan.budget.used, counts.countPrompt(target.model, plan.messages));
            assert.ok(plan.record.parts.every(({ tokens }) => Number.isInteger(tokens) && tokens >= 0));
          }
          const sent = planNext(before, next, target, counts).messages;
          assert.deepEqual(sent, buildPrompt([...before, next], styleOf(target)));
        },
      ),
    );
  });

  it('gives an attachment and a file the same size before and after the text is written', () => {
    fc.assert(
      fc.property(path, fc.lorem({ maxCount: 40 }), (before, draft) => {
        const counts = counter();
        const attachments = [
          codeAttachment({ id: 'one', text: 'const a = 1;\n'.repeat(30) }),
          { ...picture, id: 'two' },
        ];
        const without = planNext(before, userMessage({ id: 'next', attachments }), target, counts).record;
        const written = planNext(
          before,
          userMessage({ id: 'next', attachments, text: draft }),
          target,
          counts,
        ).record;
        for (const id of ['one', 'two', 'instructions-1'])
          assert.equal(
            written.parts.find((part) => part.id === id)?.tokens,
            without.parts.find((part) => part.id === id)?.tokens,
          );
      }),
    );
  });

  it('names the instructions, the files, the earlier messages, the attachments and the text, in this order', () => {
    const before = [
      userMessage({ id: 'u1', text: 'Why?', attachments: [codeAttachment({ id: 'old' })] }),
      answerMessage({ id: 'a1', text: 'So.' }),
      userMessage({ id: 'u2', text: 'How?' }),
      answerMessage({ id: 'a2', text: 'Thus.' }),
    ];
    const next = userMessage({
      id: 'next',
      text: 'Go on',
      attachments: [codeAttachment({ id: 'new' }), picture],
    });
    const { record } = planNext(before, next, target, counter());
    assert.deepEqual(
      record.parts.map(({ kind, count, id, name }) => [kind, count, id ?? name]),
      [
        ['instructions', undefined, ''],
        ['instruction-file', undefined, 'instructions-1'],
        ['earlier-prompts', 2, undefined],
        ['earlier-attachments', 1, undefined],
        ['earlier-answers', 2, undefined],
        ['attachment', undefined, 'new'],
        ['attachment', undefined, 'p'],
        ['text', undefined, undefined],
        ['format', undefined, undefined],
      ],
    );
    assert.equal(record.parts.find(({ id }) => id === 'p')?.tokens, 800);
  });

  it('counts the last prompt as an earlier one while the next prompt is empty', () => {
    const before = [userMessage({ id: 'u', text: 'Why?' }), answerMessage({ text: 'Because', ending: null })];
    const { record } = planNext(before, null, target, counter());
    assert.equal(partOf(record, 'text'), undefined);
    assert.equal(partOf(record, 'earlier-prompts')?.count, 1);
    const asked = planPrompt(before, target, counter()).record;
    assert.ok(partOf(asked, 'text') !== undefined);
  });

  it('counts the system text of the chat after the instructions and the files', () => {
    const instructions = [...target.instructions, systemText];
    const next = userMessage({ id: 'next', text: 'Go on' });
    const plan = planNext([], next, { ...target, instructions }, counter());
    assert.deepEqual(
      plan.record.parts.map(({ kind }) => kind),
      ['instructions', 'instruction-file', 'system-text', 'text', 'format'],
    );
    assert.ok((partOf(plan.record, 'system-text')?.tokens ?? 0) > 2);
    assert.equal(plan.messages[0]?.content, 'Be brief.\n\nWrite tests first.\n\nAnswer in verse.');
    const without = planNext([], next, target, counter());
    assert.ok(plan.budget.used > without.budget.used, 'the meter counts it');
  });

  it('says which files and attachments were cut, and what is not sent at all', () => {
    const before = [
      userMessage({ id: 'u0', text: 'A long story' }),
      answerMessage({ id: 'a0', text: 'Indeed' }),
      userMessage({ id: 'u1', text: 'Why?' }),
      answerMessage({
        id: 'a1',
        text: 'So.',
        reasoning: 'Hmm',
        shortened: { from: 'u1', summary: 'A story was told.' },
      }),
      userMessage({ id: 'u2', text: 'And?' }),
      answerMessage({ id: 'a2', text: '' }),
    ];
    const attachments = [codeAttachment({ id: 'huge', truncated: true }), codeAttachment({ id: 'whole' })];
    const { record } = planNext(before, userMessage({ id: 'next', attachments }), target, counter());
    assert.deepEqual(
      record.parts.filter(({ cut }) => cut === true).map(({ id }) => id),
      ['instructions-1', 'huge'],
    );
    assert.deepEqual(record.omitted, [
      { kind: 'messages', count: 2 },
      { kind: 'empty-answers', count: 1 },
      { kind: 'reasoning', count: 1 },
    ]);
    assert.ok((partOf(record, 'summary')?.tokens ?? 0) > 0);
  });

  it("names Parley's own request when a truncated answer is continued", () => {
    const answer = answerMessage({ id: 'a', text: 'Once upon' });
    const { record, budget } = planContinuation(
      [userMessage({ text: 'A story' }), answer],
      answer,
      target,
      counter(),
    );
    assert.ok((partOf(record, 'continuation')?.tokens ?? 0) > 10);
    assert.equal(tokensOf(record), budget.used);
  });

  it('adds up for a text so long that it is estimated by samples', () => {
    const attachments = [
      codeAttachment({ id: 'a', text: 'round and around '.repeat(40_000) }),
      codeAttachment({ id: 'b' }),
    ];
    const { record, budget } = planNext(
      [],
      userMessage({ id: 'next', text: '什么？', attachments }),
      target,
      counter(),
    );
    assert.equal(tokensOf(record), budget.used);
    assert.ok((partOf(record, 'format')?.tokens ?? Infinity) < 20);
  });
});
