import { deepEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { ThinkTags } from '../../../../../src/gateway/reply/thinking/thinkTags';
import { delta, done, finish } from '../../replies';
import { readReply } from '../../readReply';

interface Read {
  readonly text: string;
  readonly reasoning: string;
  readonly calls?: readonly string[];
}

/** Splits `text` at these places. */
function split(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].sort(
    (a, b) => a - b,
  );
  return places.slice(1).map((end, index) => text.slice(places[index], end));
}

/** One UTF-16 code unit per piece. */
function unitsOf(text: string): string[] {
  return Array.from({ length: text.length }, (_, at) => text.charAt(at));
}

/** The text and reasoning that is read from the pieces, with tool calls. */
function read(pieces: readonly string[]): Required<Read> {
  const said = { text: '', reasoning: '' };
  const calls: string[] = [];
  const tags = new ThinkTags((kind, text) => (said[kind] += text), {
    textWasReasoning: () => {
      said.reasoning += said.text;
      said.text = '';
    },
    call: (name, args) => calls.push(`${name} ${args}`),
  });
  for (const piece of pieces) tags.feed(piece);
  tags.end();
  return { ...said, calls };
}

const solution = '<|begin_of_solution|>Hi<|end_of_solution|>';
const final = '<|start|>assistant<|channel|>final<|message|>';

/** The output of a model, with its text and its reasoning. */
const marked: Readonly<Record<string, Read>> = {
  '<think>a</think>b': { reasoning: 'a', text: 'b' },
  '\n<thinking>a\n</thinking>\n\n b': { reasoning: 'a\n', text: 'b' },
  '<think></think>b': { reasoning: '', text: 'b' },
  '<think>a': { reasoning: 'a', text: '' },
  '<think>a</thi': { reasoning: 'a</thi', text: '' },
  '<think>a</think>b<think>c</think>': { reasoning: 'a', text: 'b<think>c</think>' },
  '<Think>a</THINK>b': { reasoning: 'a', text: 'b' },
  '<think>İİİ</think>b': { reasoning: 'İİİ', text: 'b' },
  '<thought>a</thought>b': { reasoning: 'a', text: 'b' },
  '<thoughts>a</thoughts>b': { reasoning: 'a', text: 'b' },
  '<reasoning>a</reasoning>b': { reasoning: 'a', text: 'b' },
  '<think budget="100">a</think>b': { reasoning: 'a', text: 'b' },
  '<mm:think>a</mm:think>b': { reasoning: 'a', text: 'b' },
  '<seed:think>a</seed:think>b': { reasoning: 'a', text: 'b' },
  '<longcat_think>a</longcat_think>b': { reasoning: 'a', text: 'b' },
  '<thought_process>a</thought_process>b': { reasoning: 'a', text: 'b' },
  '[THINK]a[/THINK]b': { reasoning: 'a', text: 'b' },
  '[THINK]用户打招呼[/THINK]你好': { reasoning: '用户打招呼', text: '你好' },
  '◁think▷a◁/think▷b': { reasoning: 'a', text: 'b' },
  '<|think|>a<|/think|>b': { reasoning: 'a', text: 'b' },
  '<|thought_start|>a<|thought_end|>b': { reasoning: 'a', text: 'b' },
  [`<|begin_of_thought|>a<|end_of_thought|>\n\n${solution}`]: { reasoning: 'a', text: 'Hi' },
  '<|START_THINKING|>a<|END_THINKING|><|START_RESPONSE|>b<|END_RESPONSE|>': { reasoning: 'a', text: 'b' },
  '<unused94>thought\na<unused95>b': { reasoning: 'a', text: 'b' },
  '<|channel>thought\na<channel|>b': { reasoning: 'a', text: 'b' },
  '<think>I close it with `</think>` later.</think>b': {
    reasoning: 'I close it with `</think>` later.',
    text: 'b',
  },
  [`<|channel|>analysis<|message|>a<|end|>${final}b<|return|>`]: { reasoning: 'a', text: 'b' },
  [`analysis<|message|>a<|end|>${final}b`]: { reasoning: 'a', text: 'b' },
  [`<|start|>assistant<|channel|>analysis<|message|>a<|end|>\n${final}b<|end|>`]: {
    reasoning: 'a',
    text: 'b',
  },
  [`<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>analysis<|message|>c<|end|>${final}b`]:
    {
      reasoning: 'ac',
      text: 'b',
    },
  '<|channel|>final<|message|>b<|return|>': { reasoning: '', text: 'b' },
  '<|message|>b<|end|>': { reasoning: '', text: 'b' },
  '<|channel|>analysis<|message|>a': { reasoning: 'a', text: '' },
  '<|channel|>final <|constrain|>json<|message|>{"a":1}<|return|>': { reasoning: '', text: '{"a":1}' },
  '<|channel|>commentary<|message|>I look it up.<|end|>': { reasoning: '', text: 'I look it up.' },
  '<|channel|>commentary to=functions.weather <|constrain|>json<|message|>{"city":"Rome"}<|call|>': {
    reasoning: '',
    text: '',
    calls: ['weather {"city":"Rome"}'],
  },
  '<|start|>assistant to=functions.weather<|channel|>commentary<|message|>{}<|call|>': {
    reasoning: '',
    text: '',
    calls: ['weather {}'],
  },
};

/** The same if the opening mark was in the prompt. */
const endAlone: Readonly<Record<string, Read>> = {
  'The user says hi. I greet.\n</think>\n\nHi!': { reasoning: 'The user says hi. I greet.\n', text: 'Hi!' },
  'hmm</think>Hi': { reasoning: 'hmm', text: 'Hi' },
  'I greet. </think> Hi': { reasoning: 'I greet. ', text: 'Hi' },
  'First.\n\n1. This\n2. That\n\n</think>\n\n**Hi**': {
    reasoning: 'First.\n\n1. This\n2. That\n\n',
    text: '**Hi**',
  },
  '用户在打招呼，我要回应。</think>你好': { reasoning: '用户在打招呼，我要回应。', text: '你好' },
  '嗯</think>你好！': { reasoning: '嗯', text: '你好！' },
  '用户问是不是。\n</think>\n\n是的，可以。': { reasoning: '用户问是不是。\n', text: '是的，可以。' },
  '使用者打招呼。\n</think>\n\n您好': { reasoning: '使用者打招呼。\n', text: '您好' },
  'ユーザーは挨拶した。</think>こんにちは': { reasoning: 'ユーザーは挨拶した。', text: 'こんにちは' },
  'Der Nutzer grüßt.\n</think>\nHallo': { reasoning: 'Der Nutzer grüßt.\n', text: 'Hallo' },
  '</think>\n\nHi': { reasoning: '', text: 'Hi' },
  '\n\n</think>\n\nHi': { reasoning: '', text: 'Hi' },
  '</think>Hi': { reasoning: '', text: 'Hi' },
  'hmm\n</thinking>\nHi': { reasoning: 'hmm\n', text: 'Hi' },
  'hmm</mm:think>Hi': { reasoning: 'hmm', text: 'Hi' },
  'hmm[/THINK]Hi': { reasoning: 'hmm', text: 'Hi' },
  'hmm◁/think▷Hi': { reasoning: 'hmm', text: 'Hi' },
  [`hmm<|end_of_thought|>\n\n${solution}`]: { reasoning: 'hmm', text: 'Hi' },
  'I run `ls -l` first.\n</think>\n\nHi': { reasoning: 'I run `ls -l` first.\n', text: 'Hi' },
  'Say "hi".</think>Hi': { reasoning: 'Say "hi".', text: 'Hi' },
  'a < b and c[1] > 2\n</think>\nHi': { reasoning: 'a < b and c[1] > 2\n', text: 'Hi' },
  'hmm\n</think>\nUse </think> twice.</think>': { reasoning: 'hmm\n', text: 'Use </think> twice.</think>' },
  'I may write `</think>`.\n</think>\nHi': { reasoning: 'I may write `</think>`.\n', text: 'Hi' },
  'hmm\n</think>': { reasoning: 'hmm\n', text: '' },
  [`We greet.<|end|>${final}Hi<|return|>`]: { reasoning: 'We greet.', text: 'Hi' },
  'analysisWe greet.assistantfinalHi': { reasoning: 'analysisWe greet.', text: 'Hi' },
};

/** Answers that seem to contain reasoning but do not. */
const falseFriends: readonly string[] = [
  // Beginnings
  '<thi',
  '<thimble>',
  '\n\nHello',
  '<thinker>x</thinker>',
  '<think> and </think> are tags of reasoning.',
  '<think> 和 </think> 是思考标签。',
  '<think>标签表示思考开始',
  '<think> is a tag',
  '<think>, </think>',
  '<think>…</think> is what models write',
  '[THINK] and [/THINK] enclose it',
  '<think-box>x</think-box>',
  '<rethink>x</rethink>',
  '<div class="think">x</div>',
  '<b>think</b>',
  '<5 and >3',
  '<!-- think -->',
  '[think](https://a.example)',
  '[think]a[/think]b',
  '[THINKER]',
  '[THIN',
  '[x] think',
  '◁',
  '◁ left',
  '<|',
  '<|endoftext|>',
  '<|im_start|>assistant',
  'analysis',
  'analysis of the data follows',
  'Analysis: fine',
  'analysisResult = 5',
  'analysis.run()',
  'assistant',
  'assistant: hi',
  'final',
  'final answer: 5',
  'commentary on Homer',
  'a',
  'f < 3',
  '<|start|> is a token of harmony',
  '<|channel|> names the channel',
  // Pairs in the middle
  'Say <think>a</think>',
  'Say <think>a</think> and <think>b</think>.',
  'An example:\n<thinking>\nstep 1\n</thinking>\n<answer>2</answer>',
  'XML:\n\n<thought>x</thought>\n',
  'Models write [THINK]a[/THINK].',
  'Kimi writes ◁think▷a◁/think▷.',
  'First <|begin_of_thought|>a<|end_of_thought|> then.',
  '思考过程放在 <think> 和 </think> 之间。',
  // In code
  'Use `</think>` to end it.',
  'Use ``</think>`` to end it.',
  '```\n</think>\n```\n',
  '```xml\na\n</think>\n\nb\n```',
  '~~~\na\n</think>\n~~~',
  '- x\n  ```\n  a\n  </think>\n  ```',
  '> ```\n> a\n> </think>\n',
  'Code: `a` and `</think>`',
  '````md\n```\n</think>\n```\n</think>\n````',
  'Split with `text.split("</think>")`.',
  'text `a\nb </think> c` d',
  '`<|channel|>final<|message|>`',
  '```\n<|end|><|start|>assistant<|channel|>final<|message|>\n```',
  // In quotes
  'It ends with "</think>".',
  "It ends with '</think>'.",
  'It ends with “</think>”.',
  'Es endet mit „</think>“.',
  'Il finit par «</think>».',
  '它以「</think>」结尾。',
  '它以（</think>）結尾。',
  'It ends (</think>) here.',
  // In a sentence about marks
  'The </think> tag ends the reasoning.',
  'The </think> token is special.',
  'When the model emits </think> it answers.',
  'It writes </think>, then the answer.',
  'Everything before </think>. That is all.',
  'You need a closing </think>',
  'Look for </think>\nin the output.',
  'Stop at </think>; then go on.',
  'Both <think> and </think> are tags.',
  'the closing tag </think> and the rest',
  'Split at </think> and keep the end',
  '</think> is the closing tag.',
  '</think> marks the end of reasoning.',
  '</think> 标签表示思考结束。',
  '模型输出</think>之后开始回答',
  '模型在思考结束时输出 </think> 标签',
  '用</think>来结束思考',
  '遇到</think>就停止。',
  '標籤</think>表示思考結束',
  '思考模式下，模型会先思考，再回答。',
  '我在思考（thinking）这个问题。',
  'タグ</think>は終わりを示す',
  'La balise </think> termine le raisonnement.',
  'La etiqueta </think> termina el razonamiento.',
  'Тег </think> тег закрывает',
  // No marks at all
  'arr[i] < 5 && b[j] > 3',
  'See [1] and [2].',
  'The assistantfinal word is odd.',
  'I think, therefore I am.',
  'a </thimble> b',
  'x [/LINK] y',
  'Generic<T>[] and Map<K, V>',
  '1 < 2\n\n| a | b |\n|---|---|\n| < | [ |',
  '<details><summary>Thinking</summary>x</details>',
];

/** These texts at random splits. */
function checkSplits(text: string, expected: Required<Read>): void {
  deepEqual(read([text]), expected);
  deepEqual(read(unitsOf(text)), expected);
  fc.assert(
    fc.property(fc.array(fc.nat()), (cuts) => {
      deepEqual(read(split(text, cuts)), expected);
    }),
    { numRuns: 40 },
  );
}

describe('Reasoning in the text of an answer', () => {
  for (const [text, expected] of Object.entries(marked)) {
    it(`is separated from the text at every split in ${JSON.stringify(text)}`, () => {
      checkSplits(text, { calls: [], ...expected });
    });
  }

  for (const [text, expected] of Object.entries(endAlone)) {
    it(`ends with a closing mark alone at every split in ${JSON.stringify(text)}`, () => {
      checkSplits(text, { calls: [], ...expected });
    });
  }

  for (const text of falseFriends) {
    it(`is not found in ${JSON.stringify(text)}`, () => {
      checkSplits(text, { text, reasoning: '', calls: [] });
    });
  }

  it('is the same at every split of a text with any marks', () => {
    const marks = [
      ...[
        '<think>',
        '</think>',
        '<',
        '[',
        '[THINK]',
        '[/THINK]',
        '◁/think▷',
        '<|end|>',
        '<|start|>assistant',
      ],
      ...[
        '<|channel|>',
        'final',
        'analysis',
        '<|message|>',
        '<|return|>',
        '<|call|>',
        'to=functions.a',
        ' the ',
      ],
      ...[
        '<|end_of_thought|>',
        '<|begin_of_solution|>',
        '<|end_of_solution|>',
        'assistantfinal',
        '"',
        '。',
        '`',
      ],
      ...[
        '```',
        '\n',
        '\n\n',
        ' ',
        'Hi',
        'hmm',
        'tag',
        '<channel|>',
        '</mm:think>',
        '<unused94>',
        'thought\n',
      ],
    ];
    const text = fc
      .array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...marks) }, fc.string({ maxLength: 4 })), {
        maxLength: 12,
      })
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat()), (whole, cuts) => {
        const expected = read([whole]);
        deepEqual(read(unitsOf(whole)), expected);
        deepEqual(read(split(whole, cuts)), expected);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is not found in any other text, which is kept completely', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat()), (text, cuts) => {
        deepEqual(read(split(`x${text}`, cuts)), { text: `x${text}`, reasoning: '', calls: [] });
      }),
    );
  });

  it('is read in linear time', () => {
    const hostile = [
      '<think',
      '</think>"',
      '`</think>`',
      '<|end|>',
      '[',
      'a <think> ',
      '<|start|>assistant',
      '\n`',
    ];
    for (const piece of hostile) {
      const text = `x ${piece.repeat(200_000)}`;
      deepEqual(read([text]).text.length + read([text]).reasoning.length > 0, true);
    }
  });
});

describe('A closing mark without an opening mark', () => {
  it('turns the text before it into reasoning', async () => {
    const { choices, ending } = await readReply(
      delta('The user says hi.') + delta(' I greet.\n</think>\n\n') + delta('Hi!') + finish() + done,
    );
    deepEqual(
      [choices[0]?.text, choices[0]?.reasoning, ending],
      ['Hi!', 'The user says hi. I greet.\n', { outcome: 'completed', finishReason: 'stop' }],
    );
  });

  it('is not shown after reasoning in a separate field', async () => {
    const { choices } = await readReply(
      `data: {"choices":[{"delta":{"reasoning_content":"hmm"}}]}\n\n${delta('</think>\n\nHi')}${finish()}`,
    );
    deepEqual([choices[0]?.text, choices[0]?.reasoning], ['Hi', 'hmm']);
  });

  it('changes only its own answer of several', async () => {
    const { choices } = await readReply(
      delta('first. ') +
        delta('other. ', { index: 1 }) +
        delta('more.\n</think>\n\nHi') +
        delta('rest', { index: 1 }),
      { choices: 2 },
    );
    deepEqual([choices[0]?.text, choices[0]?.reasoning], ['Hi', 'first. more.\n']);
    deepEqual([choices[1]?.text, choices[1]?.reasoning], ['other. rest', '']);
  });

  it('turns a tool call in harmony into a tool call', async () => {
    const { choices } = await readReply(
      delta('<|channel|>commentary to=functions.weather <|constrain|>json<|message|>{"city":') +
        delta('"Rome"}<|call|>') +
        finish(),
    );
    deepEqual(choices[0]?.calls, [
      { id: 'own', name: 'weather', arguments: '{"city":"Rome"}', complete: true },
    ]);
  });
});
