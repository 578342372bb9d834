import type { HistoryFill } from '../scrolling/historyFill';
import type { ScrollFollower } from '../scrolling/scrollFollower';

interface NavigationParts {
  readonly history: HistoryFill;
  readonly follower: ScrollFollower;
}

/** The targets of the keys. */
type NavigationTarget = 'prompt' | 'code' | 'message';

const selectors: Record<NavigationTarget, string> = {
  prompt: '.message.prompt',
  code: '.markdown-code[role="group"]',
  message: '.message',
};

/** How many groups of messages are drawn at once if the drawn ones contain no target. */
const messagesToAdd = 32;

/**
 * Moves the focus to the next (1) or previous (-1) prompt, code block or message, starting at the focus or at the
 * visible part. The focus stays if there is none.
 */
export function navigate(parts: NavigationParts, kind: NavigationTarget, direction: 1 | -1): void {
  const transcript = document.querySelector<HTMLElement>('.transcript');
  if (transcript === null) return;
  // A target must not be skipped because it is not drawn yet.
  if (parts.history.gaps.peek().size > 0) {
    parts.history.drawGaps();
    requestAnimationFrame(() => {
      navigate(parts, kind, direction);
    });
    return;
  }
  const target = targetIn(transcript, selectors[kind], direction);
  if (target !== undefined) {
    parts.follower.release();
    // Not focusable by Tab, because each contains buttons that are.
    if (!target.hasAttribute('tabindex')) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: 'nearest' });
    alignTop(transcript, target);
    return;
  }
  const { firstGroup } = parts.history;
  if (direction === 1 || firstGroup.peek() === 0) return;
  parts.history.reach(Math.max(0, firstGroup.peek() * 4 - messagesToAdd));
  requestAnimationFrame(() => {
    navigate(parts, kind, direction);
  });
}

function targetIn(transcript: HTMLElement, selector: string, direction: 1 | -1): HTMLElement | undefined {
  const all = [...transcript.querySelectorAll<HTMLElement>(selector)];
  const focused = document.activeElement;
  const isInside = focused !== null && focused !== transcript && transcript.contains(focused);
  if (isInside) {
    const own = focused.closest(selector);
    if (direction === 1) return all.find((one) => one !== own && isAfter(one, own ?? focused));
    return all.findLast((one) => one !== own && isAfter(own ?? focused, one));
  }
  const { top, bottom } = transcript.getBoundingClientRect();
  if (direction === 1) return all.find((one) => one.getBoundingClientRect().top >= top);
  return all.findLast((one) => one.getBoundingClientRect().top < bottom);
}

/** True if `one` comes after `other` and does not contain it. */
function isAfter(one: Element, other: Element): boolean {
  const order = other.compareDocumentPosition(one);
  return (order & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

/** Elements that are higher than the view begin at its top. */
function alignTop(transcript: HTMLElement, target: HTMLElement): void {
  const seen = transcript.getBoundingClientRect();
  const place = target.getBoundingClientRect();
  if (place.height > seen.height || place.top < seen.top) transcript.scrollTop += place.top - seen.top - 4;
}
