import assert from 'node:assert/strict';
import fc from 'fast-check';
import manifest from '../../../../package.json';
import chinese from '../../../../package.nls.zh-cn.json';
import english from '../../../../package.nls.json';
import { parameterRules, problemWithParameter } from '../../../../src/core/models/parameterRules';
import { reasonInEnglish } from '../../../../src/shared/failure/failureReason';
import { acceptsSchema, type Schema } from '../../../support/acceptsSchema';

const setting: Schema =
  manifest.contributes.configuration.properties['parley.parameters'].additionalProperties;
const schemas = setting.properties ?? {};

/** Values around every limit, of every type, and other values of JSON. */
const values = fc.oneof(
  fc.constantFrom<unknown>(
    -101,
    -100,
    -3,
    -2,
    -1,
    0,
    1,
    2,
    3,
    4,
    5,
    8,
    9,
    20,
    21,
    100,
    101,
    null,
    '',
    'a',
    [],
    {},
  ),
  fc.integer({ min: -110, max: 110 }),
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.array(fc.string(), { maxLength: 6 }),
  fc.dictionary(fc.oneof(fc.nat().map(String), fc.string()), fc.integer({ min: -110, max: 110 })),
  fc.jsonValue({ maxDepth: 2 }),
);

describe('parameterRules', () => {
  it('are known to the settings editor, each with a description in both languages', () => {
    assert.deepEqual(Object.keys(schemas).toSorted(), Object.keys(parameterRules).toSorted());
    for (const [name, { description, errorMessage }] of Object.entries(schemas)) {
      const key = (description ?? errorMessage ?? '').replaceAll('%', '');
      const texts = [english, chinese].map((strings) => new Map(Object.entries(strings)).get(key));
      assert.ok(texts[0] !== undefined && texts[1] !== undefined && texts[0] !== texts[1], name);
    }
  });

  for (const name of Object.keys(parameterRules)) {
    it(`refuse and accept the same values of ${name} as the settings editor`, () => {
      fc.assert(
        fc.property(values, (value) => {
          const accepted = acceptsSchema(setting, { [name]: value });
          assert.equal(problemWithParameter(name, value) === undefined, accepted, JSON.stringify(value));
        }),
        { numRuns: 400 },
      );
    });
  }

  it('accept any value of an unknown parameter', () => {
    fc.assert(
      fc.property(fc.string(), values, (name, value) => {
        fc.pre(!Object.hasOwn(parameterRules, name));
        assert.equal(problemWithParameter(name, value), undefined);
        assert.ok(name === '__proto__' || acceptsSchema(setting, { [name]: value }));
      }),
    );
    assert.equal(problemWithParameter('constructor', 1), undefined);
  });

  for (const [name, value, range] of [
    ['n', 9, 'from 1 to 8'],
    ['logprobs', 'yes', 'true or false'],
    ['top_logprobs', 21, 'from 0 to 20'],
    ['logit_bias', { 50256: 101 }, 'from -100 to 100'],
    ['logit_bias', { word: 1 }, 'token IDs'],
    ['response_format', 'json', 'an object'],
    ['user', 7, 'a string'],
  ] as const) {
    it(`name ${name}, its range and the value ${JSON.stringify(value)}`, () => {
      const reason = problemWithParameter(name, value);
      const problem = reason === undefined ? '' : reasonInEnglish(reason);
      for (const part of [name, range, JSON.stringify(value)]) assert.ok(problem.includes(part), problem);
    });
  }
});
