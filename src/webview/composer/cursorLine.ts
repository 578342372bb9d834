/** Whether the cursor is in the first and in the last line that is seen; long lines are wrapped, and each part counts. */
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

/** Where the cursor stands in a text input. Measured in a copy, since no text input tells it. */
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

/** Takes no room, but has a place in its line. */
function mark(): HTMLSpanElement {
  const span = document.createElement('span');
  span.textContent = '\u2060';
  return span;
}
