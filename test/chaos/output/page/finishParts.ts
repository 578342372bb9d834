import { frame, until } from './pauses';

/** How long one diagram or formula may take with all those before it in the queue, in milliseconds. */
const partPatience = 30_000;

/**
 * Brings each message into view, and waits until its diagrams and formulas are drawn or given up.
 *
 * @returns The sources of those that never were.
 */
export async function finishParts(): Promise<string[]> {
  const unfinished: string[] = [];
  for (const group of document.querySelectorAll('.group')) {
    group.scrollIntoView({ block: 'center' });
    await frame();
    for (const part of group.querySelectorAll('.markdown-code, .markdown-math')) {
      if (!isPending(part)) continue;
      if (!(await finish(part))) unfinished.push(part.textContent.slice(0, 300));
    }
  }
  return unfinished;
}

/** Keeps a part in view, out of which diagrams above it that grow may push it, until it is drawn or given up. */
async function finish(part: Element): Promise<boolean> {
  const end = performance.now() + partPatience;
  while (performance.now() < end) {
    part.scrollIntoView({ block: 'center' });
    if (await until(() => !isPending(part), 200)) return true;
  }
  return false;
}

/** True for a diagram or a formula that will still be drawn. A large diagram waits for the user and counts as source. */
function isPending(part: Element): boolean {
  const text = part.textContent;
  if (part.matches('.markdown-math'))
    return part.querySelector('math') === null && !part.matches('.wrong') && text.length <= 9_000;
  const source = part.querySelector('pre')?.textContent ?? '';
  return (
    /^mermaid$/i.test(part.getAttribute('aria-label') ?? '') &&
    part.querySelector('.markdown-diagram, .markdown-diagram-problem, [aria-label="Show Diagram"]') ===
      null &&
    source.trim() !== '' &&
    source.length <= 49_900
  );
}
