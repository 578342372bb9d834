import assert from 'node:assert/strict';
import fc from 'fast-check';
import { gridActionOf, taskActionName } from '../../../../src/shared/answer/taskActionName';
import type { Translate } from '../../../../src/shared/kit/translate';

const t: Translate = (message, ...values) =>
  message.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)]));

describe('the names of the buttons of a task', () => {
  const rows: readonly (readonly [customId: string, label: string, name: string])[] = [
    ['MJ::JOB::upsample::2::0f5d-uuid', 'U2', 'Upscale 2'],
    ['MJ::JOB::variation::3::0f5d-uuid', 'V3', 'Variation 3'],
    ['MJ::JOB::reroll::0::0f5d-uuid::SOLO', '', 'Reroll'],
    ['MJ::JOB::reroll::0::0f5d-uuid::SOLO', '🔄', 'Reroll'],
    ['MJ::JOB::low_variation::1::uuid::SOLO', 'Vary (Subtle)', 'Vary Slightly'],
    ['MJ::JOB::high_variation::1::uuid::SOLO', 'Vary (Strong)', 'Vary Strongly'],
    ['MJ::JOB::upsample_v6_2x_subtle::1::uuid::SOLO', 'Upscale (Subtle)', 'Upscale Subtly'],
    ['MJ::JOB::upsample_v6_2x_creative::1::uuid::SOLO', 'Upscale (Creative)', 'Upscale Creatively'],
    ['MJ::JOB::pan_left::1::uuid::SOLO', '⬅️', 'Pan Left'],
    ['MJ::JOB::pan_up::1::uuid::SOLO', '⬆️', 'Pan Up'],
    ['MJ::Outpaint::50::1::uuid::SOLO', 'Zoom Out 2x', 'Zoom Out 2×'],
    ['MJ::Outpaint::75::1::uuid::SOLO', '🔍', 'Zoom Out 1.5×'],
    ['MJ::Outpaint::100::1::uuid::SOLO', '↔️', 'Make Square'],
    ['MJ::CustomZoom::uuid', 'Custom Zoom', 'Custom Zoom'],
    ['MJ::Inpaint::1::uuid::SOLO', 'Vary (Region)', 'Vary Region'],
    ['MJ::JOB::animate_high::1::uuid', '', 'Animate with Much Motion'],
    ['MJ::JOB::PromptAnalyzer::1', '1️⃣', 'Use Prompt 1'],
    ['MJ::JOB::some_new_job::1', '✨ Sparkle', 'Sparkle'],
    ['MJ::BOOKMARK::uuid', '❤️', 'Button 6'],
    ['other', '放大', '放大'],
    ['MJ::JOB::upsample::0::uuid', '', 'Button 6'],
  ];
  for (const [customId, label, name] of rows)
    it(`call ${customId} with the label "${label}" ${name}`, () => {
      assert.equal(taskActionName({ customId, label }, 5, t), name);
    });

  it('are never empty', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'grapheme' }), fc.nat(100), (customId, label, index) => {
        assert.notEqual(taskActionName({ customId, label }, index, t).trim(), '');
      }),
    );
  });

  it('are those of a grid only with the number of one of its pictures', () => {
    assert.deepEqual(gridActionOf({ customId: 'MJ::JOB::upsample::4::x', label: '' }), {
      kind: 'upscale',
      picture: 4,
    });
    assert.equal(gridActionOf({ customId: 'MJ::JOB::upsample::44::x', label: '' }), undefined);
    assert.equal(gridActionOf({ customId: 'x MJ::JOB::upsample::4::x', label: '' }), undefined);
  });
});
