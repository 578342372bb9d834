import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asName, readPromptFile } from '../../../../src/host/context/promptFile';

describe('readPromptFile', () => {
  it('reads the name and the description from the front matter', () => {
    assert.deepEqual(
      readPromptFile('---\r\nname: my prompt\r\ndescription: "Does: it"\r\nmode: agent\r\n---\r\nDo it.\r\n'),
      {
        name: 'my-prompt',
        description: 'Does: it',
        body: 'Do it.',
      },
    );
  });

  it('reads a file without front matter as the body', () => {
    assert.deepEqual(readPromptFile('\uFEFF# Do it\n---\nnow'), {
      name: undefined,
      description: '',
      body: '# Do it\n---\nnow',
    });
  });

  it('keeps the body if the front matter is malformed, has another shape, or expands without end', () => {
    const bomb = `a: &a [1]\n${'b: [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n'.repeat(40)}`;
    for (const head of ['name: [', '- a\n- b', 'name: 3\ndescription: {a: 1}', '42', '', bomb]) {
      const { body, description } = readPromptFile(`---\n${head}\n---\nDo it.`);
      assert.equal(body, 'Do it.', head);
      assert.equal(description, '');
    }
  });

  it('keeps the body after any front matter', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (head, body) => {
        const clean = body.replaceAll('\r', '').trim();
        const read = readPromptFile(`---\n${head.replaceAll('---', '')}\n---\n${clean}`);
        assert.ok(read.body.endsWith(clean));
      }),
    );
  });
});

describe('asName', () => {
  it('makes a name that can follow a slash from any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.match(asName(text) ?? 'x', /^[^\s/\\]{1,60}$/);
      }),
    );
  });
});
