import { modalAction, type Generation, type TaskAction } from '../../shared/answer/generation';

/** A prompt above a task that waits, and the answer to it. */
export interface ModalStep {
  readonly prompt: string;
  /** The text of the answer. */
  readonly answer: string;
  readonly action: Generation['action'];
}

/** Buttons that use one of the numbered prompts of a description or a shortened prompt. */
const numberedButton = /::(?:PromptAnalyzer|PicReader)::(\d)(?:::|$)/;
/** A line that begins with a number, as a keycap emoji or with a full stop. */
const numberedLine = /^\s{0,10}(\d)(?:\uFE0F?\u20E3|[.)])\s{0,10}(\S.*)$/;
const zoom = /\s{0,5}--zoom\s{1,5}[\d.]{1,10}/g;

/**
 * The prompt that a waiting task most likely needs: that of the picture, with a factor for a zoom, or the numbered one that the button
 * names.
 *
 * @param steps From the first prompt of the chat down to the button, whose own prompt is not among them.
 * @param button The button that made the task wait.
 */
export function modalPrompt(steps: readonly ModalStep[], button: TaskAction): string {
  const number = numberedButton.exec(button.customId.slice(0, 200))?.[1];
  if (number !== undefined) {
    const lines = (steps.at(-1)?.answer ?? '').slice(0, 20_000).split('\n');
    const found = lines
      .map((line) => numberedLine.exec(line.trimEnd()))
      .find((match) => match?.[1] === number);
    if (found?.[2] !== undefined) return found[2];
  }
  // The prompts of other buttons are their names.
  const own = steps.findLast(
    ({ action }) => action === undefined || action.customId === modalAction.customId,
  );
  const prompt = (own?.prompt ?? '').trim();
  if (!button.customId.includes('CustomZoom')) return prompt;
  return `${prompt.replaceAll(zoom, '')} --zoom 2`.trimStart();
}
