import { deepStrictEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatModelReference,
  isSameModel,
  parseModelReference,
} from '../../../../src/shared/conversation/modelReference';

const reference = fc.record(
  {
    gatewayId: fc.string({ minLength: 1 }).filter((id) => !id.includes('/')),
    modelId: fc.string({ minLength: 1 }),
  },
  { noNullPrototype: true },
);

describe('modelReference', () => {
  it('reads what it wrote, slashes in the model included', () => {
    fc.assert(
      fc.property(reference, (model) => {
        deepStrictEqual(parseModelReference(formatModelReference(model)), model);
      }),
    );
    deepStrictEqual(parseModelReference('openrouter/openai/gpt-5'), {
      gatewayId: 'openrouter',
      modelId: 'openai/gpt-5',
    });
  });

  it('reads nothing into half a reference', () => {
    for (const text of ['', '/', 'gateway', 'gateway/', '/model'])
      equal(parseModelReference(text), undefined);
  });

  it('tells the same model from another', () => {
    const model = { gatewayId: 'a', modelId: 'b' };
    equal(isSameModel(model, { ...model }), true);
    equal(isSameModel(model, { ...model, gatewayId: 'c' }), false);
    equal(isSameModel(model, { ...model, modelId: 'c' }), false);
    equal(isSameModel(model, undefined), false);
    equal(isSameModel(undefined, undefined), true);
  });
});
