import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkCalls } from '../../../../src/core/provider/checkCalls';
import { readArguments } from '../../../../src/core/provider/readArguments';

const tools = new Set(['read_file', 'edit']);
const never = (): boolean => false;
const newId = (): string => 'new';
const call = (id: string, name: string, written: string): Parameters<typeof checkCalls>[0][number] => ({
  id,
  name,
  arguments: written,
  complete: true,
});

describe('checkCalls', () => {
  it('passes calls on with their arguments as an object', () => {
    const checked = checkCalls([call('c1', 'read_file', '{"path":"a"}')], tools, never, newId);
    assert.deepEqual(checked, {
      usable: [{ id: 'c1', name: 'read_file', input: { path: 'a' } }],
      unusable: [],
    });
  });

  it('gives a call a new id if its own is missing, repeated, or known to the conversation', () => {
    const calls = [
      call('c1', 'edit', ''),
      call('c1', 'edit', ''),
      call('', 'edit', ''),
      call('old', 'edit', ''),
    ];
    let count = 0;
    const { usable } = checkCalls(
      calls,
      tools,
      (id) => id === 'old',
      () => String((count += 1)),
    );
    assert.deepEqual(
      usable.map(({ id }) => id),
      ['c1', 'call_1', 'call_2', 'call_3'],
    );
  });

  it('finds a tool whose name the model wrote with a namespace', () => {
    const { usable } = checkCalls([call('c', 'functions.edit', '{}')], tools, never, newId);
    assert.equal(usable[0]?.name, 'edit');
  });

  it('tells the model which tools there are when it calls another', () => {
    const { usable, unusable } = checkCalls([call('c', 'delete_all', '{}')], tools, never, newId);
    assert.deepEqual(usable, []);
    assert.match(unusable[0]?.problem ?? '', /no tool "delete_all"\. Your tools are: read_file, edit\./);
  });

  it('tells the model that it has no tools when it calls one', () => {
    const { unusable } = checkCalls([call('c', 'x', '{}')], new Set(), never, newId);
    assert.match(unusable[0]?.problem ?? '', /You have no tools here/);
  });

  it('does not pass on a call whose arguments end early, and quotes them for the model', () => {
    const { usable, unusable } = checkCalls([call('c', 'edit', '{"path":"a')], tools, never, newId);
    assert.deepEqual(usable, []);
    assert.match(unusable[0]?.problem ?? '', /not a JSON object.*\{"path":"a$/);
  });
});

describe('readArguments', () => {
  const readable: Record<string, readonly [string, object]> = {
    'an object': ['{"a":1}', { a: 1 }],
    'no text': [' ', {}],
    'an object in a JSON string': [JSON.stringify('{"a":"b\\n"}'), { a: 'b\n' }],
    'an object in a fence': ['```json\n{"a":1}\n```', { a: 1 }],
    'line breaks and tabs in a string': ['{"a":"one\ntwo\t\\"three\\""}', { a: 'one\ntwo\t"three"' }],
  };
  for (const [name, [written, expected]] of Object.entries(readable)) {
    it(`reads ${name}`, () => {
      assert.deepEqual(readArguments(written), expected);
    });
  }

  for (const written of [
    '{"a":1',
    '[1]',
    '1',
    'null',
    '"text"',
    '{"a":1} and more',
    '```json\n{"a":1}',
    "{'a':1}",
  ]) {
    it(`takes no object from ${JSON.stringify(written)}`, () => {
      assert.equal(readArguments(written), undefined);
    });
  }

  it('reads every object as JSON.parse does, and no beginning of one', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (object, cut) => {
        const written = JSON.stringify(object);
        assert.deepEqual(readArguments(written), JSON.parse(written));
        const start = written.slice(0, 1 + (cut % (written.length - 1)));
        assert.equal(readArguments(start), undefined);
      }),
    );
  });
});
