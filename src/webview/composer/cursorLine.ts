/** Tells whether the cursor is on the first and on the last visible line. Each part of a wrapped line counts. */
export interface CursorLine {
  readonly first: boolean;
  readonly last: boolean;
}

const copied = [
  'direction',
  'fontFamily',
  'fontSize',
  'fontWeight',
  'fontStyle',
  'letterSpacing',
  'lineHeight',
  'paddingInline',
  'tabSize',
  'textAlign',
  'wordSpacing',
] as const;

/** The position of the cursor in a text input. It is measured in a copy, because text inputs do not tell it. */
export function cursorLineOf(input: HTMLTextAreaElement): CursorLine {
  const { value, selectionEnd } = input;
  const before = value.slice(0, selectionEnd);
  const after = value.slice(selectionEnd);
  const brokenBefore = before.includes('\n');
  const brokenAfter = after.includes('\n');
  if (brokenBefore && brokenAfter) return { first: false, last: false };
  const copy = document.createElement('div');
  const style = getComputedStyle(input);
  for (const property of copied) copy.style[property] = style[property];
  Object.assign(copy.style, {
    position: 'absolute',
    visibility: 'hidden',
    boxSizing: 'border-box',
    width: `${input.clientWidth}px`,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'break-word',
  });
  const [start, cursor, end] = [mark(), mark(), mark()];
  copy.append(start, before, cursor, after, end);
  document.body.append(copy);
  const line = {
    first: !brokenBefore && cursor.offsetTop === start.offsetTop,
    last: !brokenAfter && cursor.offsetTop === end.offsetTop,
  };
  copy.remove();
  return line;
}

/** Has a position in its line but no width. */
function mark(): HTMLSpanElement {
  const span = document.createElement('span');
  span.textContent = '\u2060';
  return span;
}
