import { deepEqual, equal } from 'node:assert/strict';
import { delta, event, finish } from './replies';
import { readReply } from './readReply';

describe('Log probabilities', () => {
  const told = {
    content: [
      {
        token: 'Hi',
        logprob: -0.1,
        bytes: [72, 105],
        top_logprobs: [
          { token: 'Hello', logprob: -2.5, bytes: null },
          { token: 'Hi', logprob: -0.1 },
        ],
      },
      { token: '!', logprob: -0.5, top_logprobs: [] },
    ],
    refusal: null,
  };
  const tokens = [
    {
      text: 'Hi',
      logprob: -0.1,
      alternatives: [
        { text: 'Hi', logprob: -0.1 },
        { text: 'Hello', logprob: -2.5 },
      ],
    },
    { text: '!', logprob: -0.5, alternatives: [] },
  ];
  const older = {
    tokens: ['Hi', '!'],
    token_logprobs: [-0.1, -0.5],
    top_logprobs: [{ Hello: -2.5, Hi: -0.1 }, {}],
  };

  for (const [name, logprobs] of Object.entries({ 'their present form': told, 'their older form': older })) {
    it(`are read from a stream in ${name}`, async () => {
      const { choices } = await readReply(delta('Hi!', { logprobs }) + finish());
      deepEqual(choices[0]?.tokens, tokens);
    });

    it(`are read from a whole reply in ${name}`, async () => {
      const { choices } = await readReply(
        JSON.stringify({ choices: [{ message: { content: 'Hi!' }, logprobs, finish_reason: 'stop' }] }),
      );
      deepEqual([choices[0]?.text, choices[0]?.tokens], ['Hi!', tokens]);
    });
  }

  it('are not repeated by a final message', async () => {
    const { choices } = await readReply(
      delta('Hi!', { logprobs: told }) +
        event({ choices: [{ message: { content: 'Hi!' }, logprobs: told, finish_reason: 'stop' }] }),
    );
    deepEqual([choices[0]?.text, choices[0]?.tokens], ['Hi!', tokens]);
  });

  it('that are invalid are left out, but their text is kept', async () => {
    const logprobs = { content: [null, { token: 'a' }, { token: 'b', logprob: 'x' }, { logprob: 1 }, 7] };
    const { choices } = await readReply(
      delta('a', { logprobs }) + delta('b', { logprobs: 'none' }) + delta('c', { logprobs: null }) + finish(),
    );
    deepEqual([choices[0]?.text, choices[0]?.tokens], ['abc', []]);
  });

  it('are left out if JSON cannot write them', async () => {
    const logprobs = {
      content: [
        { token: 'Hi', logprob: 'minus infinity' },
        { token: '!', logprob: -0.5, top_logprobs: [{ token: '?', logprob: 'minus infinity' }] },
      ],
    };
    const reply = delta('Hi!', { logprobs }).replaceAll('"minus infinity"', '-1e999');
    const { choices } = await readReply(reply + finish());
    deepEqual(choices[0]?.tokens, [{ text: '!', logprob: -0.5, alternatives: [] }]);
  });
});

describe('Reasoning', () => {
  it('is read once if a gateway sends it in several fields', async () => {
    const piece = (text: string): string =>
      event({
        choices: [
          {
            delta: {
              content: '',
              reasoning: text,
              reasoning_content: text,
              reasoning_details: [{ type: 'reasoning.text', text }],
            },
          },
        ],
      });
    const message = { content: 'b', reasoning: 'Hm, hm', reasoning_content: 'Hm, hm' };
    const { choices } = await readReply(
      piece('Hm') + piece(', hm') + delta('b') + event({ choices: [{ message }] }) + finish(),
    );
    deepEqual([choices[0]?.reasoning, choices[0]?.text], ['Hm, hm', 'b']);
  });

  it('that is encrypted is ignored', async () => {
    const details = [
      { type: 'reasoning.encrypted', data: 'gAAAA', text: 'gAAAA' },
      { type: 'reasoning.summary', summary: 'Thought.' },
    ];
    const { choices } = await readReply(
      event({ choices: [{ delta: { reasoning_details: details } }] }) + delta('b') + finish(),
    );
    equal(choices[0]?.reasoning, 'Thought.');
  });
});
