import assert from 'node:assert/strict';
import fc from 'fast-check';
import { offerFor } from '../../../../src/core/models/offerFor';
import { generatedKinds, type GenerationSettings } from '../../../../src/shared/answer/generation';
import { choicesFor, modeOf, takenInput } from '../../../../src/shared/answer/takenInput';
import {
  acceptedSettings,
  ratioOf,
  type GenerationOffer,
} from '../../../../src/shared/answer/generationOffer';

const gateway = 'https://gateway.example/v1';
const everything: GenerationSettings = {
  size: '1024x1024',
  quality: 'high',
  count: 4,
  background: 'opaque',
  format: 'webp',
  style: 'vivid',
  fidelity: 'high',
  seconds: 8,
  resolution: '2k',
  speed: 'fast',
  mode: 'blend',
  instrumental: true,
};

describe('what picture, video and music models can be asked for', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['gpt-image-2', ['size', 'quality', 'count', 'background', 'format']],
    ['gpt-image-2.5-flare', ['size', 'quality', 'count', 'background', 'format']],
    ['gpt-image-1', ['size', 'quality', 'count', 'background', 'format', 'fidelity']],
    ['openai/gpt-image-1.5', ['size', 'quality', 'count', 'background', 'format', 'fidelity']],
    ['gpt-image-1-mini', ['size', 'quality', 'count', 'background', 'format']],
    ['chatgpt-image-latest', ['size', 'quality', 'count', 'background', 'format']],
    ['dall-e-3', ['size', 'quality', 'style']],
    ['dall-e-2', ['size', 'count']],
    ['flux-kontext-pro', ['size', 'format']],
    ['seedream-4', ['size', 'count']],
  ];
  for (const [id, names] of rows) {
    it(`lets ${id} be asked for ${names.join(', ')} alone`, () => {
      const { choices } = offerFor('image', id, gateway);
      assert.deepEqual(Object.keys(choices).sort(), [...names].sort());
    });
  }

  it('offers ratios where a gateway makes pictures as tasks', () => {
    const { choices } = offerFor('image', 'gpt-image-1', 'https://api.apimart.ai/v1');
    assert.ok(choices.size?.includes('16:9'));
    assert.deepEqual(choices.resolution, ['1k', '2k', '4k']);
    assert.equal(choices.quality, undefined);
    assert.equal(offerFor('image', 'x', 'https://api.apipod.ai/v1').choices.resolution, undefined);
  });

  it('offers the shapes of another host with such a name as usual', () => {
    assert.deepEqual(
      offerFor('image', 'x', 'https://apimart.ai.example/v1'),
      offerFor('image', 'x', gateway),
    );
  });

  it('knows which models take a mask', () => {
    const takesMask = (id: string, baseUrl = gateway): boolean =>
      offerFor('image', id, baseUrl).takesMask === true;
    for (const id of ['gpt-image-2', 'gpt-image-1-mini', 'openai/gpt-image-1.5', 'dall-e-2'])
      assert.ok(takesMask(id), id);
    for (const id of ['dall-e-3', 'flux-kontext-pro', 'seedream-4']) assert.ok(!takesMask(id), id);
    assert.ok(!takesMask('gpt-image-1', 'https://api.apimart.ai/v1'), 'it has no edits');
  });

  describe('of Midjourney', () => {
    const taken = (offer: GenerationOffer, settings: GenerationSettings): unknown[] => {
      const { leastPictures, mostPictures, text } = takenInput(offer, settings);
      return [leastPictures, mostPictures, text, Object.keys(choicesFor(offer, settings)).sort().join()];
    };
    for (const [mode, ...expected] of [
      ['imagine', 0, null, 'needed', 'mode,size,speed'],
      ['blend', 2, 5, 'none', 'mode,size,speed'],
      ['describe', 1, 1, 'none', 'mode,speed'],
      ['shorten', 0, 0, 'needed', 'mode,speed'],
      ['edits', 1, 1, 'needed', 'mode,size,speed'],
      ['video', 1, 1, 'optional', 'mode,motion,speed'],
      ['swap-face', 2, 2, 'none', 'mode,speed'],
    ] as const)
      it(`says what ${mode} takes`, () => {
        const offer = offerFor('midjourney', 'mj-chat', gateway);
        const settings = mode === 'imagine' ? {} : { mode };
        assert.deepEqual(taken(offer, settings), expected);
      });

    it('lets blend choose between three shapes, and keeps the shape that was chosen before', () => {
      const offer = offerFor('midjourney', 'midjourney', gateway);
      const choices = choicesFor(offer, { mode: 'blend' });
      assert.deepEqual(choices.size, ['1:1', '3:2', '2:3']);
      assert.equal(acceptedSettings({ mode: 'blend', size: '9:16' }, choices).size, '2:3');
    });

    it('knows the models that do one thing', () => {
      for (const [id, mode] of [
        ['mj_blend', 'blend'],
        ['mj-describe', 'describe'],
        ['mj_video', 'video'],
        ['swap_face', 'swap-face'],
      ] as const) {
        const offer = offerFor('midjourney', id, gateway);
        assert.equal(offer.mode, mode);
        assert.equal(offer.choices.mode, undefined);
        assert.equal(modeOf(offer, { mode: 'shorten' }), mode);
      }
    });

    it('does not offer at APIMart what it does not have', () => {
      const { choices } = offerFor('midjourney', 'midjourney', 'https://api.apimart.ai/v1');
      assert.deepEqual(choices.mode, ['blend', 'describe', 'edits', 'video']);
    });
  });

  it('knows how many pictures a model edits', () => {
    assert.equal(offerFor('image', 'gpt-image-1', gateway).mostPictures, 16);
    assert.equal(offerFor('image', 'dall-e-3', gateway).mostPictures, 0);
    assert.equal(offerFor('image', 'dall-e-2', gateway).mostPictures, 1);
    assert.equal(offerFor('image', 'seedream-4', gateway).mostPictures, null);
    assert.equal(offerFor('music', 'suno', gateway).mostPictures, 0);
  });

  it('names only sizes whose shape can be drawn', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...generatedKinds),
        fc.string(),
        fc.constantFrom(gateway, 'https://api.apimart.ai/v1', ''),
        (kind, id, url) => {
          for (const size of offerFor(kind, id, url).choices.size ?? []) assert.ok(ratioOf(size));
        },
      ),
    );
  });
});

describe('the accepted settings', () => {
  it('are only those that the model takes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...generatedKinds),
        fc.constantFrom('gpt-image-2', 'gpt-image-1', 'dall-e-3', 'dall-e-2', 'flux', 'sora-2', 'other'),
        fc.subarray(Object.keys(everything) as (keyof GenerationSettings)[]),
        (kind, id, names) => {
          const { choices } = offerFor(kind, id, gateway);
          const settings = Object.fromEntries(names.map((name) => [name, everything[name]]));
          const accepted = acceptedSettings(settings, choices);
          for (const [name, value] of Object.entries(accepted)) {
            const values: readonly unknown[] = choices[name as keyof GenerationSettings] ?? [];
            assert.ok(values.includes(value), `${name} ${String(value)}`);
            assert.ok(names.includes(name as keyof GenerationSettings));
          }
        },
      ),
    );
  });

  it('keep what the model takes', () => {
    const { choices } = offerFor('image', 'gpt-image-1', gateway);
    const settings = { size: '1536x1024', quality: 'low', count: 3, fidelity: 'high' };
    assert.deepEqual(acceptedSettings(settings, choices), settings);
  });

  const sizes: readonly (readonly [string, string, string | undefined])[] = [
    ['1792x1024', 'gpt-image-1', '1536x1024'],
    ['1024x1792', 'gpt-image-2', '864x1536'],
    ['16:9', 'dall-e-3', '1792x1024'],
    ['1:1', 'dall-e-3', '1024x1024'],
    ['1536x1024', 'flux-2-pro', '3:2'],
    ['1792x1024', 'dall-e-2', undefined],
    ['large', 'gpt-image-1', undefined],
    ['0x0', 'gpt-image-1', undefined],
  ];
  for (const [size, id, expected] of sizes) {
    it(`have ${expected ?? 'no size'} for the size ${size} with ${id}`, () => {
      assert.equal(acceptedSettings({ size }, offerFor('image', id, gateway).choices).size, expected);
    });
  }

  it('have no JPEG with a transparent background', () => {
    const { choices } = offerFor('image', 'gpt-image-1', gateway);
    assert.deepEqual(acceptedSettings({ background: 'transparent', format: 'jpeg' }, choices), {
      background: 'transparent',
    });
    assert.deepEqual(acceptedSettings({ background: 'transparent', format: 'webp' }, choices), {
      background: 'transparent',
      format: 'webp',
    });
  });
});
