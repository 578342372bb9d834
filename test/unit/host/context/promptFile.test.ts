import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asName, readPromptFile } from '../../../../src/host/context/promptFile';

describe('prompt file', () => {
  it('has its name and description in the front matter', () => {
    assert.deepEqual(
      readPromptFile('---\r\nname: my prompt\r\ndescription: "Does: it"\r\nmode: agent\r\n---\r\nDo it.\r\n'),
      {
        name: 'my-prompt',
        description: 'Does: it',
        body: 'Do it.',
      },
    );
  });

  it('is all body without front matter', () => {
    assert.deepEqual(readPromptFile('\uFEFF# Do it\n---\nnow'), {
      name: undefined,
      description: '',
      body: '# Do it\n---\nnow',
    });
  });

  it('keeps the body when the front matter is malformed, of another form, or a bomb', () => {
    const bomb = `a: &a [1]\n${'b: [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n'.repeat(40)}`;
    for (const head of ['name: [', '- a\n- b', 'name: 3\ndescription: {a: 1}', '42', '', bomb]) {
      const { body, description } = readPromptFile(`---\n${head}\n---\nDo it.`);
      assert.equal(body, 'Do it.', head);
      assert.equal(description, '');
    }
  });

  it('reads any text, and loses no body', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (head, body) => {
        const clean = body.replaceAll('\r', '').trim();
        const read = readPromptFile(`---\n${head.replaceAll('---', '')}\n---\n${clean}`);
        assert.ok(read.body.endsWith(clean));
      }),
    );
  });

  it('makes a name that can follow a slash', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.match(asName(text) ?? 'x', /^[^\s/\\]{1,60}$/);
      }),
    );
  });
});
