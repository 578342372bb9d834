import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { withoutThinking } from '../../../../src/core/prompt/withoutThinking';

const thoughts: Readonly<Record<string, readonly [stored: string, sent: string]>> = {
  'think tags': ['<think>We greet.</think>Hi!', 'Hi!'],
  'think tags on lines of their own': ['<think>\nWe greet.\n</think>\n\nHi!', 'Hi!'],
  'empty think tags': ['<think>\n\n</think>\n\nHi!', 'Hi!'],
  'thinking tags': ['<thinking>Hm.</thinking>\nHi!', 'Hi!'],
  'thought tags': ['<thought>Hm.</thought> Hi!', 'Hi!'],
  'reasoning tags': ['<reasoning>\nHm.\n</reasoning>\nHi!', 'Hi!'],
  "MiniMax's tags": ['<mm:think>hmm</mm:think>Hi', 'Hi'],
  "Seed's tags": ['<seed:think>hmm</seed:think>Hi', 'Hi'],
  "Magistral's tags": ['[THINK]hmm[/THINK]Hi', 'Hi'],
  "Kimi's tags": ['◁think▷hmm◁/think▷Hi', 'Hi'],
  "OpenThinker's tags": [
    '<|begin_of_thought|>\nHm.\n<|end_of_thought|>\n\n<|begin_of_solution|>\nHi!\n<|end_of_solution|>',
    'Hi!\n',
  ],
  "Cohere's tags": ['<|START_THINKING|>Hm.<|END_THINKING|><|START_RESPONSE|>Hi!<|END_RESPONSE|>', 'Hi!'],
  "Gemma's channel": ['<|channel>thought\nHm.<channel|>Hi!', 'Hi!'],
  'reasoning in brackets': ['[REASONING]hmm[/REASONING]Hi', 'Hi'],
  'a thinking process': ['<thought_process>\nHm.\n</thought_process>\n\nHi!', 'Hi!'],
  "LongCat's tags": ['<longcat_think>hmm</longcat_think>Hi', 'Hi'],
  'tags between pipes': ['<|think|>hmm<|/think|>Hi', 'Hi'],
  'tags between pipes that begin and end': ['<|thinking_start|>hmm<|thinking_end|>Hi', 'Hi'],
  'a thought that starts in small letters': ['<|start_thinking|>hmm<|end_thinking|>Hi', 'Hi'],
  'a thought that begins in capitals': ['<|THINK_BEGIN|>hmm<|THINK_END|>Hi', 'Hi'],
  'triangles around reasoning': ['◁reasoning▷hmm◁/reasoning▷Hi', 'Hi'],
  "Gemma's unused tokens": ['<unused94>thought\nHm.<unused95>Hi!', 'Hi!'],
  'an answer between marks of its own': [
    '<|begin_of_thought|>Hm.<|end_of_thought|><|begin_of_answer|>Hi!<|end_of_answer|>',
    'Hi!',
  ],
  "Seed's closing tag alone": ['先想一想。\n</seed:think>\n\n你好！', '你好！'],
  'a thought with code in it that is left open': ['<think>\n```js\nlet x\n</think>\nHi!', 'Hi!'],
  'a thought that was cut': ['<think>\nWe greet and', ''],
  'a closing tag alone': ['We greet.\n</think>\n\nHi!', 'Hi!'],
  'a closing tag behind the last sentence': ['We greet.</think>\n\nHi!', 'Hi!'],
  'a second thought between two paragraphs': [
    'First.\n\n<think>\nWait.\n</think>\n\nSecond.',
    'First.\n\n\nSecond.',
  ],
  'several thoughts': ['<think>a</think>One.\n<think>\nb\n</think>\nTwo.', 'One.\nTwo.'],
  'Chinese thoughts': ['<think>\n先问候。\n</think>\n\n你好！', '你好！'],
  'harmony, whole': [
    '<|channel|>analysis<|message|>We greet.<|end|><|start|>assistant<|channel|>final<|message|>Hi!',
    'Hi!',
  ],
  'harmony from its very beginning to its end': [
    '<|start|>assistant<|channel|>analysis<|message|>We greet.<|end|><|start|>assistant<|channel|>final<|message|>Hi!<|return|>',
    'Hi!',
  ],
  'harmony with a preamble': [
    '<|channel|>commentary<|message|>I look first.<|end|><|start|>assistant<|channel|>final<|message|>Hi!',
    'I look first.\n\nHi!',
  ],
  'harmony with a call of a tool': [
    '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>commentary to=functions.x <|constrain|>json<|message|>{"a":1}<|call|>',
    '',
  ],
  'harmony with its final channel alone': ['<|channel|>final<|message|>Hi!', 'Hi!'],
  'harmony with code that shows its tokens': [
    '<|channel|>final<|message|>Write `<|end|>` at the end.\n```\n<|channel|>final\n```\n',
    'Write `<|end|>` at the end.\n```\n<|channel|>final\n```',
  ],
  'harmony without its tokens': ['analysisWe greet.assistantfinalHi!', 'Hi!'],
};

/** Texts that only mention such marks. */
const texts: readonly string[] = [
  'Hi!',
  '',
  '<think> and </think> are the tags that R1 writes around its thoughts.',
  '<think> or </think>: which comes first?',
  '<think> is the tag that begins a thought.',
  '<think>, </think> and the like are dropped by the template.',
  '<think>…</think> is how R1 marks its thoughts.',
  '<think> 和 </think> 是思考标签。',
  'Models write <think> before and </think> after their thoughts.',
  'The closing tag is </think>\nUse it well.',
  'The closing tag is </think>.\n\nUse it well.',
  'Close it with:</think>\n\nThen go on.',
  'Use `<think>` and `</think>`.',
  '`</think>`\n\nis the end.',
  '```\n<think>\nHm.\n</think>\n```\nThat is what it writes.',
  '```xml\n</think>\n```',
  '~~~\n<think>a</think>\n~~~',
  'Before.\n```\n<think>\n```\nBetween.\n```\n</think>\n```\nAfter.',
  'An example:\n\n    <think>a</think> b\n',
  'The regex `/<think>.*<\\/think>/s` removes it.',
  'Set `enable_thinking` to false, then no <think> appears.',
  'I think: </thinker> is no tag.',
  '<thinker>Rodin</thinker>',
  '<thinkpad>X1</thinkpad>',
  '[think] is not a tag here [/think]',
  '[THINKPAD] X1',
  'The format has <|channel|>analysis<|message|> before each thought.',
  '<|channel|> is a special token of gpt-oss.',
  '<|start|> begins a message, <|end|> ends it.',
  '```\n<|channel|>analysis<|message|>Hm.<|end|>\n```',
  'analysis of the results: the final is good.',
  'analysis paralysis is real',
  'Our analysis\n\nassistantfinal is a bug of vLLM.',
  'analysis: see `assistantfinal` in the log',
  'The word thought has seven letters. </p>',
  'a <b>thought</b> is not a tag',
  '<reasoning engine="x">no mark</reasoning>',
  '1. <think>\n2. </think> is wrong here',
  '[reasoning] is a link [/reasoning]',
  '<|user|> is a token of other models.',
  '<unused94> is a token that Gemma never learned.',
  '<my:thinker>a</my:thinker>',
  'Text first.\n<think>\nnever closed',
];

describe('Reasoning in the text of a stored answer', () => {
  for (const [name, [stored, sent]] of Object.entries(thoughts)) {
    it(`is not sent back: ${name}`, () => {
      equal(withoutThinking(stored), sent);
    });
  }

  for (const text of texts) {
    it(`is not found in ${JSON.stringify(text)}`, () => {
      equal(withoutThinking(text), text);
    });
  }

  it('is searched for in linear time in long hostile texts', () => {
    for (const text of [
      '<think>\n'.repeat(200_000),
      'x\n<think>\n'.repeat(100_000),
      'x\n<think>\n</think>\n'.repeat(50_000),
      'x</think>'.repeat(100_000),
      '</think>\n'.repeat(100_000),
      '<|channel|>analysis<|message|>'.repeat(30_000),
      `analysis${'assistantfina'.repeat(50_000)}`,
      `<think>${'`'.repeat(500_000)}`,
      Array.from({ length: 60_000 }, (_, index) => `<a${index}:think>\n`).join(''),
    ]) {
      ok(withoutThinking(text).length <= text.length);
    }
  }).timeout(5_000);

  it('is removed without adding text, for any text', () => {
    const piece = fc.constantFrom(
      '<think>',
      '</think>',
      '\n',
      '```\n',
      '`',
      '<|channel|>',
      'analysis',
      'final',
      '<|message|>',
      '<|end|>',
      'assistantfinal',
      '[THINK]',
      ' ',
      'word',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 25 }), (pieces) => {
        const text = pieces.join('');
        ok(withoutThinking(text).length <= text.length);
      }),
    );
  });
});
