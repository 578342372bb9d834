import type { JSX } from 'preact';
import { mostBlocksAtOnce } from '../../shared/messages/toView';
import { addStyles } from '../kit/addStyles';
import { usePanel } from '../state/panelParts';
import { codesIn } from '../markdown/code/codeOnPage';

addStyles(`
.apply-all {
  display: flex;
  flex-wrap: wrap;
  gap: 4px 8px;
  align-items: center;
  margin-block: 8px 2px;
}

.apply-all-files {
  color: var(--parley-muted);
  font-size: 0.923em;
}`);

interface ApplyAllProps {
  /** The answer. */
  readonly id: string;
  /** The files that its code blocks name. */
  readonly files: readonly string[];
}

/** The button that applies all code blocks of an answer that name a file. The host shows one file after the other. */
export function ApplyAll({ id, files }: ApplyAllProps): JSX.Element {
  const { post, t } = usePanel();
  return (
    <div class="apply-all">
      <button
        type="button"
        class="button secondary"
        onClick={(event) => {
          const answer = event.currentTarget.closest('article');
          if (answer === null) return;
          const blocks = codesIn(answer)
            .filter(({ targets }) => targets().length > 0)
            .map(({ shown }) => shown());
          post('apply-all', { id, blocks: blocks.slice(0, mostBlocksAtOnce) });
        }}
      >
        {t('Apply All')}
      </button>
      <span class="apply-all-files" title={files.join('\n')}>
        {t('Review the changes to {0} files', files.length)}
      </span>
    </div>
  );
}
