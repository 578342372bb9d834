import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { delta, done, event, finish } from './replies';
import { readReply } from './readReply';

interface Expected {
  readonly url: string;
  readonly number: number;
  readonly title?: string;
}

/** The sources of a reply with their last state. Checks that they do not depend on the splits. */
async function sourcesOf(body: string): Promise<readonly Expected[]> {
  const read = async (cuts: readonly number[]): Promise<readonly Expected[]> => {
    const found = new Map<string, Expected>();
    const { choices } = await readReply(body, { cuts });
    for (const source of choices[0]?.sources ?? []) found.set(`${source.number} ${source.url}`, source);
    return [...found.values()];
  };
  const whole = await read([]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat()), async (cuts) => {
      deepEqual(await read(cuts), whole);
    }),
    { numRuns: 8 },
  );
  return whole;
}

const a = 'https://example.com/a';
const b = 'https://example.com/b';
const text = (more: object = {}, around: object = {}): string =>
  event({ choices: [{ index: 0, delta: { content: 'Rome[1].', ...more }, finish_reason: null }], ...around });

const bare: readonly Expected[] = [
  { url: a, number: 1 },
  { url: b, number: 2 },
];
const titled: readonly Expected[] = [
  { url: a, number: 1, title: 'A' },
  { url: b, number: 2, title: 'B' },
];
const both = [
  { title: 'A', url: a },
  { title: 'B', url: b },
];

describe('The sources of an answer', () => {
  const shapes: Readonly<Record<string, readonly [body: string, expected: readonly Expected[]]>> = {
    'citations beside the choices': [text({}, { citations: [a, b] }), bare],
    'citations with every chunk': [text({}, { citations: [a, b] }) + text({}, { citations: [a, b] }), bare],
    'citations and search results': [text({}, { citations: [a, b], search_results: both }), titled],
    'search results alone': [text({}, { search_results: both }), titled],
    'search results in another order': [
      text({}, { citations: [a, b], search_results: [...both].reverse() }),
      titled,
    ],
    'citations that come late': [text() + finish() + event({ choices: [], citations: [a, b] }), bare],
    'citations that are objects': [text({}, { citations: both }), titled],
    'citations in the delta': [text({ citations: [a, b] }), bare],
    'one page that has two numbers': [text({}, { citations: [a, b, a] }), [...bare, { url: a, number: 3 }]],
    annotations: [
      text({ annotations: [{ type: 'url_citation', url_citation: { url: a, title: 'A', content: 'x' } }] }),
      [{ url: a, number: 1, title: 'A' }],
    ],
    'annotations that are flat': [
      text({ annotations: [{ type: 'url_citation', url: a, title: 'A' }] }) +
        text({ annotations: [{ type: 'url_citation', url: b, title: 'B' }] }),
      titled,
    ],
    'the search of Zhipu': [
      text(
        {},
        {
          web_search: [
            { refer: 'ref_1', title: 'A', link: a, icon: 'https://example.com/icon.png', content: 'x' },
            { refer: 'ref_2', title: 'B', link: b, media: 'B' },
          ],
        },
      ),
      titled,
    ],
    'the search of Qwen': [
      text(
        {},
        {
          search_info: {
            search_results: [
              { index: 2, title: 'B', url: b, site_name: 'b' },
              { index: 1, title: 'A', url: a, site_name: 'a' },
            ],
          },
        },
      ),
      [titled[1], titled[0]].flatMap((source) => source ?? []),
    ],
    references: [
      text({
        references: [
          { url: a, title: 'A' },
          { url: b, title: 'B' },
        ],
      }),
      titled,
    ],
    'numbers from 0': [
      text({
        references: [
          { index: 0, url: a },
          { index: 1, url: b },
        ],
      }),
      bare,
    ],
    sources: [
      text(
        {},
        {
          sources: [
            { link: a, name: 'A' },
            { link: b, name: 'B' },
          ],
        },
      ),
      titled,
    ],
    grounding: [
      text(
        {},
        {
          groundingMetadata: {
            groundingChunks: [{ web: { uri: a, title: 'A' } }, { web: { uri: b, title: 'B' } }],
          },
        },
      ),
      titled,
    ],
    'grounding of a proxy': [
      text({}, { vertex_ai_grounding_metadata: [{ groundingChunks: [{ web: { uri: a, title: 'A' } }] }] }),
      [{ url: a, number: 1, title: 'A' }],
    ],
    'the context of Azure': [
      text({ context: { citations: [{ url: a, title: 'A' }] } }),
      [{ url: a, number: 1, title: 'A' }],
    ],
    'a field of its provider': [text({ provider_specific_fields: { citations: [a, b] } }), bare],
    'a whole reply': [
      JSON.stringify({
        choices: [{ message: { content: 'Rome[1].' }, finish_reason: 'stop' }],
        citations: [a, b],
      }),
      bare,
    ],
    'a title over lines': [
      text({}, { citations: [{ url: a, title: ' A\n b ' }] }),
      [{ url: a, number: 1, title: 'A b' }],
    ],
  };
  for (const [name, [body, expected]] of Object.entries(shapes)) {
    it(`are read from ${name}`, async () => {
      deepEqual(await sourcesOf(body + (body.startsWith('{') ? '' : finish() + done)), expected);
    });
  }

  it('have the place in the text that they support', async () => {
    const annotation = { type: 'url_citation', start_index: 0, end_index: 4, url: a };
    const { choices } = await readReply(text({ annotations: [annotation] }) + finish());
    deepEqual(choices[0]?.sources, [{ url: a, number: 1, start: 0, end: 4 }]);
  });

  const hostile = [
    'javascript:alert(1)',
    'data:text/html,x',
    'vscode://x.y/z',
    'command:parley.stop',
    'file:///etc/passwd',
    '//example.com',
    'https://',
    'https://user:pass@example.com/',
    'https://example.com@evil.example/',
    'https:\\\\evil.example',
    'https://a b',
    `https://example.com/${'x'.repeat(3_000)}`,
    '',
    5,
    null,
  ];
  for (const url of hostile) {
    it(`do not include ${JSON.stringify(url).slice(0, 60)}`, async () => {
      const body = text(
        { annotations: [{ url_citation: { url, title: 'A' } }] },
        { citations: [url], search_results: [{ url }] },
      );
      deepEqual(await sourcesOf(body + finish()), []);
    });
  }

  const others: readonly object[] = [
    { images: [a] },
    { links: 'x' },
    { documentation_url: a },
    { provider_url: a },
    { related_questions: [a] },
    { system_fingerprint: a },
    { citations: 'see there' },
    { citations: [1, 2] },
    { citations: null },
    { annotations: [] },
    { search_results: [{ title: 'A' }] },
  ];
  for (const around of others) {
    it(`are not read from ${JSON.stringify(around)}`, async () => {
      deepEqual(await sourcesOf(text({}, around) + finish()), []);
    });
  }

  it('are limited in number', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `https://example.com/${index}`);
    equal((await sourcesOf(text({}, { citations: many }) + finish())).length, 200);
  });

  it('do not change the text, and repeated ones need no parsing', async () => {
    const body = ['a', 'b', 'c', 'd'].map((content) => text({ content }, { citations: [a, b] })).join('');
    const { choices, parts } = await readReply(body + finish() + done);
    equal(choices[0]?.text, 'abcd');
    equal(parts.filter(({ kind }) => kind === 'sources').length, 1);
  });

  it('belong to their own answer of several', async () => {
    const body =
      event({ choices: [{ index: 0, delta: { content: 'x' } }] }) +
      event({
        choices: [{ index: 1, delta: { content: 'y', annotations: [{ url_citation: { url: a } }] } }],
      });
    const { choices } = await readReply(body + delta('z'), { choices: 2 });
    deepEqual([choices[0]?.sources, choices[1]?.sources.map(({ url }) => url)], [[], [a]]);
  });
});
