import { deepStrictEqual, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { ImportProblem } from '../../../../src/core/exchange/importProblem';
import { jsonElements } from '../../../../src/storage/library/jsonElements';

const read = (text: string): unknown[] => [...jsonElements(Buffer.from(text))];

describe('jsonElements', () => {
  it('yields the elements of an array with any white space', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat({ max: 4 }), (values, indent) => {
        const json = JSON.stringify(values, null, indent);
        deepStrictEqual(read(`\ufeff ${json}\n`), JSON.parse(json));
      }),
    );
  });

  it('yields the value itself if it is not an array', () => {
    deepStrictEqual(read(' {"a": [1, "]"]}'), [{ a: [1, ']'] }]);
  });

  it('throws if the file is truncated or has more text after the array', () => {
    for (const text of ['', '[', '[1', '[1,', '[1,]', '[1]]', '["a', '[1}', '[1] 2', '{"a":']) {
      throws(() => read(text), ImportProblem, text);
    }
  });
});
