import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { modalPrompt, type ModalStep } from '../../../../src/webview/transcript/modalPrompt';

const imagined: ModalStep = { prompt: 'A red fox --ar 3:2', answer: '', action: undefined };
const upscaled: ModalStep = {
  prompt: 'Upscale 2',
  answer: '',
  action: { customId: 'MJ::JOB::upsample::2::uuid', label: 'U2', taskId: '1' },
};
const button = (customId: string): { customId: string; label: string } => ({ customId, label: '' });

describe('the prompt that a waiting task of Midjourney begins with', () => {
  it('is that of the picture, not the name of a button', () => {
    equal(modalPrompt([imagined, upscaled], button('MJ::Inpaint::1::uuid::SOLO')), 'A red fox --ar 3:2');
  });

  it('has a factor for a zoom, once', () => {
    const zoomed = { ...imagined, prompt: 'A red fox --zoom 1.5 --ar 3:2' };
    const custom = button('MJ::CustomZoom::uuid');
    equal(modalPrompt([imagined, upscaled], custom), 'A red fox --ar 3:2 --zoom 2');
    equal(modalPrompt([zoomed], custom), 'A red fox --ar 3:2 --zoom 2');
    equal(modalPrompt([], custom), '--zoom 2');
  });

  it('is the one that was entered for an earlier task', () => {
    const entered: ModalStep = {
      prompt: 'A blue fox',
      answer: '',
      action: { customId: 'modal', label: '', taskId: '2' },
    };
    equal(modalPrompt([imagined, entered, upscaled], button('MJ::Inpaint::1::uuid')), 'A blue fox');
  });

  it('is the numbered one of a description or of a shortened prompt', () => {
    const answer = '1️⃣ a red fox --ar 1:1\n\n2️⃣ a fox in snow\r\n3. a drawing';
    const steps = [{ prompt: 'A fox', answer, action: undefined }];
    equal(modalPrompt(steps, button('MJ::JOB::PicReader::2')), 'a fox in snow');
    equal(modalPrompt(steps, button('MJ::Job::PicReader::3')), 'a drawing');
    equal(modalPrompt(steps, button('MJ::JOB::PromptAnalyzer::1')), 'a red fox --ar 1:1');
    equal(modalPrompt(steps, button('MJ::JOB::PromptAnalyzer::5')), 'A fox', 'there is no fifth');
  });

  it('is found in any text without an error', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (prompt, answer, customId) => {
        modalPrompt([{ prompt, answer, action: undefined }], button(customId));
        modalPrompt([{ prompt, answer, action: undefined }], button(`MJ::JOB::PicReader::1${customId}`));
      }),
    );
  });
});
