import { codeBlockKey } from '../../shared/conversation/codeBlockKey';
import type { Translate } from '../../shared/kit/translate';
import type { AppliedBlock } from '../../shared/messages/toView';
import { addStyles } from '../kit/addStyles';
import { codesIn } from '../markdown/code/codeOnPage';

addStyles(`
.markdown-code-applied {
  display: inline-flex;
  flex: none;
  gap: 3px;
  align-items: center;
  margin-inline-end: 4px;
  color: var(--vscode-testing-iconPassed, var(--vscode-charts-green, inherit));
  font-size: 0.85em;
}

:is(.vscode-high-contrast, .vscode-light) .markdown-code-applied {
  color: var(--vscode-foreground);
}

.markdown-code-applied .codicon {
  font-size: calc(14 * var(--parley-pixel, 1px));
}`);

/**
 * Displays "Applied" in the headers of the code blocks whose change the user accepted.
 *
 * @param root Contains the blocks of one answer.
 * @param applied The applied blocks of that answer.
 */
export function markApplied(root: Element, applied: readonly AppliedBlock[], t: Translate): void {
  const filesOf = new Map(applied.map(({ block, files }) => [block, files]));
  for (const { header, shown } of codesIn(root)) {
    const files = filesOf.get(codeBlockKey(shown()));
    const mark = header.querySelector('.markdown-code-applied');
    if (files === undefined) mark?.remove();
    else if (mark === null) header.querySelector('.markdown-code-language')?.after(createMark(files, t));
    else if (mark instanceof HTMLElement) mark.title = t('Applied to {0}', files.join(', '));
  }
}

function createMark(files: readonly string[], t: Translate): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'markdown-code-applied';
  mark.title = t('Applied to {0}', files.join(', '));
  const check = document.createElement('span');
  check.className = 'codicon codicon-check';
  check.setAttribute('aria-hidden', 'true');
  mark.append(check, t('Applied'));
  return mark;
}
