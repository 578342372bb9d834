import { readFile } from 'node:fs/promises';

/**
 * @typedef {object} Topic
 * @property {(prompt: string) => boolean} matches Whether the last thing that the user said is about this.
 * @property {string} title A title for a conversation that begins with this.
 * @property {string} text The answer, as Markdown.
 * @property {string} [reasoning] What the model thinks before it.
 * @property {{ status: number, message: string, retryAfter: number }} [error] Refuse every other time, `retryAfter` in
 *   seconds: who tries again gets the answer.
 */

/**
 * What the demo gateway can talk about; the first topic that matches answers, and the last one always does.
 *
 * @returns {Promise<Topic[]>}
 */
export async function loadTopics() {
  return [
    {
      matches: (prompt) => prompt.includes('debounce') && /\b(cancel|improve|fix)\b/i.test(question(prompt)),
      title: 'A Debounce That Can Be Cancelled',
      text: await answer('cancel'),
    },
    {
      matches: (prompt) => hasCode(prompt) && prompt.includes('debounce'),
      title: 'How a Debounce Works',
      text: await answer('debounce'),
    },
    {
      matches: (prompt) => hasCode(prompt) && prompt.includes('word'),
      title: 'Counting Words in Python',
      text: await answer('wordCount'),
    },
    {
      matches: (prompt) => hasCode(prompt) || /^explain\b/i.test(question(prompt)),
      title: 'An Explanation of Code',
      text: await answer('code'),
    },
    {
      matches: (prompt) => /\b(show|give|make|cause)\b.{0,20}\b(error|failure)\b/i.test(question(prompt)),
      title: 'A Refusal on Request',
      text: await answer('secondTry'),
      error: {
        status: 429,
        message: 'The demo gateway refuses this request, as you asked it to.',
        // Longer than Parley waits by itself: the failure is what is to be seen.
        retryAfter: 90,
      },
    },
    {
      matches: (prompt) => /\b(puzzle|riddle|think|reason)/i.test(question(prompt)),
      title: 'Three Switches and a Lamp',
      text: await answer('puzzle'),
      reasoning: await answer('puzzleThoughts'),
    },
    {
      matches: (prompt) => /\b(tour|markdown|table)\b/i.test(question(prompt)),
      title: 'A Tour of Markdown',
      text: await answer('tour'),
    },
    {
      matches: (prompt) => /\b(long|story)\b/i.test(question(prompt)),
      title: 'The Lighthouse That Answered',
      text: await answer('story'),
    },
    { matches: () => true, title: 'What Parley Can Show', text: await answer('welcome') },
  ];
}

/**
 * What Parley asks for when it wants a title: the beginning of the question that the title is for.
 *
 * @param {string} prompt
 * @returns {string | undefined} Undefined when the prompt wants something else.
 */
export function titleSubject(prompt) {
  return /^Write a title for this conversation[^]*?\n\nQuestion:\n([^]*?)\n\nAnswer:\n/.exec(prompt)?.[1];
}

/**
 * The last paragraph: prompts that were refused come again, joined before the newest.
 *
 * @param {string} prompt
 */
function question(prompt) {
  return (
    prompt
      .trim()
      .split(/\n\s*\n/)
      .at(-1) ?? ''
  );
}

/** @param {string} prompt */
function hasCode(prompt) {
  return /^ {0,3}```/m.test(prompt);
}

/**
 * @param {string} name
 * @returns {Promise<string>}
 */
async function answer(name) {
  const text = await readFile(new URL(`answers/${name}.md`, import.meta.url), 'utf8');
  return text.trimEnd();
}
