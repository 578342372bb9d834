import { estimateTokenCount } from 'tokenx';
import type { PromptMessage } from '../ports/promptMessage';
import type { InstructionText } from '../prompt/target';
import { codeSpan, fenced } from '../text/escapeMarkdown';
import { selectedLines, type EditPlace } from './editPlace';
import { shownCode } from './shownCode';

/** An earlier instruction about the same place, and the answer to it. */
export interface EarlierTurn {
  readonly instruction: string;
  readonly answer: string;
}

/** Code from another file that the model needs. */
export interface FurtherCode {
  /** What it is, as a sentence in English that ends with a colon. */
  readonly title: string;
  readonly text: string;
  readonly languageId: string;
}

/** What an inline edit asks. */
export interface InlineEditQuestion {
  readonly place: EditPlace;
  /** The file's path in the workspace, or its name. */
  readonly path: string;
  readonly instruction: string;
  /** The problems at the place, as a compiler prints them; '' for none. */
  readonly problems: string;
  readonly furtherCode: readonly FurtherCode[];
  /** Earlier turns, oldest first. */
  readonly turns: readonly EarlierTurn[];
  /** The user's and the workspace's instructions. */
  readonly instructions: readonly InstructionText[];
  /** Most tokens of prompt and answer together; null if unknown. */
  readonly contextWindow: number | null;
}

/** Most tokens of the code around the place. More would cost time and seldom help. */
const mostAround = 6_000;
/** Tokens for the answer besides the code itself. */
const spare = 600;
/** Tokens of the chat format and of the fixed words. */
const frame = 300;

const rules = `You edit code in an editor. The user shows a place in a file and says what to do there.
Reply with one fenced code block and nothing else. It holds the whole new code for that place, ready to be put there as it is.
- Keep the indentation of the file, and its style, names and libraries.
- Do not repeat the code before or after the place.
- Leave nothing out: no placeholders such as "existing code", no diff.
- Change only what the instruction asks for.
- If it cannot be done, reply with one sentence that says why, without a code block, in the language of the instruction.`;

/**
 * The messages that ask a model for an edit. The selection and the instruction always go along; the code around the selection as far
 * as it fits.
 *
 * @returns undefined if the selection and its new code do not fit into the model's context window.
 */
export function inlineEditMessages(question: InlineEditQuestion): readonly PromptMessage[] | undefined {
  const { place, instructions, turns, contextWindow } = question;
  const system = [rules, ...instructions.map(({ text }) => text.trim()).filter((text) => text !== '')].join(
    '\n\n',
  );
  const selection = selectedLines(place).join('\n');
  const fixed = [
    system,
    question.problems,
    question.instruction,
    ...question.furtherCode.map(({ text }) => text),
  ];
  const earlier = turns.flatMap(({ instruction, answer }) => [instruction, answer]);
  const used = [...fixed, ...earlier, selection].reduce((sum, text) => sum + estimateTokenCount(text), frame);
  const answer = estimateTokenCount(selection) * 1.5 + spare;
  const room = contextWindow === null ? mostAround : contextWindow - used - answer;
  if (room < 0) return undefined;
  const later = [...turns.slice(1).map((turn) => turn.instruction), question.instruction];
  const first = turns[0]?.instruction;
  const messages: PromptMessage[] = [
    { role: 'system', content: system },
    {
      role: 'user',
      content: askAtPlace(question, first ?? question.instruction, Math.min(room, mostAround)),
    },
  ];
  for (const [index, instruction] of (first === undefined ? [] : later).entries())
    messages.push(
      { role: 'assistant', content: turns[index]?.answer ?? '' },
      { role: 'user', content: `${instruction}\n\nReply with the whole new code for the same place.` },
    );
  return messages;
}

function askAtPlace(question: InlineEditQuestion, instruction: string, budget: number): string {
  const { place, path, problems, furtherCode } = question;
  const { languageId } = place;
  const { head, before, after } = shownCode(place, budget);
  const block = (title: string, lines: readonly string[]): readonly string[] =>
    lines.every((line) => line.trim() === '') ? [] : [`${title}\n${fenced(lines.join('\n'), languageId)}`];
  return [
    `The file is ${codeSpan(path)} (${languageId}).`,
    ...block('It begins with:', head),
    ...placeParts(place, before, after, block),
    ...furtherCode.map(({ title, text, languageId: language }) => `${title}\n${fenced(text, language)}`),
    ...(problems === '' ? [] : [`The problems that the editor reports here:\n${fenced(problems, '')}`]),
    `The instruction: ${instruction}`,
  ].join('\n\n');
}

function placeParts(
  place: EditPlace,
  before: readonly string[],
  after: readonly string[],
  block: (title: string, lines: readonly string[]) => readonly string[],
): readonly string[] {
  const { file, start, cursorColumn, fragment } = place;
  if (cursorColumn !== undefined) {
    const line = file[start] ?? '';
    const left = line.slice(0, cursorColumn);
    const isBlank = [...before, ...after].every((each) => each.trim() === '');
    return [
      ...block('The code before the cursor:', [...before, left]),
      ...block('The code after the cursor:', [line.slice(cursorColumn), ...after.slice(1)]),
      isBlank ? 'The file is empty. Write its code.' : 'Write the code to insert at the cursor.',
    ];
  }
  const selected = (file[start] ?? '').slice(fragment?.startColumn, fragment?.endColumn);
  return [
    ...block('The code before the place:', before),
    ...block('The code after the place:', after),
    ...block('The place. Reply with the new code for these lines:', selectedLines(place)),
    ...(fragment === undefined
      ? []
      : [`Of this line, the user selected ${codeSpan(selected)}. Reply with the whole line.`]),
  ];
}
