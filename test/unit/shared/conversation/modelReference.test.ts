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
  it('reads a reference that it wrote, also with slashes in the model id', () => {
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

  it('does not read half a reference', () => {
    for (const text of ['', '/', 'gateway', 'gateway/', '/model'])
      equal(parseModelReference(text), undefined);
  });

  it('compares two references', () => {
    const model = { gatewayId: 'a', modelId: 'b' };
    equal(isSameModel(model, { ...model }), true);
    equal(isSameModel(model, { ...model, gatewayId: 'c' }), false);
    equal(isSameModel(model, { ...model, modelId: 'c' }), false);
    equal(isSameModel(model, undefined), false);
    equal(isSameModel(undefined, undefined), true);
  });
});
