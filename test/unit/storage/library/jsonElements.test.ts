import { deepStrictEqual, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { ImportProblem } from '../../../../src/core/exchange/importProblem';
import { jsonElements } from '../../../../src/storage/library/jsonElements';

const read = (text: string): unknown[] => [...jsonElements(Buffer.from(text))];

describe('elements of a JSON file', () => {
  it('are those of the array, however it is laid out', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat({ max: 4 }), (values, indent) => {
        const json = JSON.stringify(values, null, indent);
        deepStrictEqual(read(`\ufeff ${json}\n`), JSON.parse(json));
      }),
    );
  });

  it('is the one value when it is no array', () => {
    deepStrictEqual(read(' {"a": [1, "]"]}'), [{ a: [1, ']'] }]);
  });

  it('are refused when the file is cut or goes on', () => {
    for (const text of ['', '[', '[1', '[1,', '[1,]', '[1]]', '["a', '[1}', '[1] 2', '{"a":']) {
      throws(() => read(text), ImportProblem, text);
    }
  });
});
