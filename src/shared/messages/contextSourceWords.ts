import type { AttachmentIcon } from '../conversation/attachmentWords';
import type { Translate } from '../kit/translate';
import type { ContextSource } from './toView';

/** How a source is offered after `#` and by Attach. */
interface SourceWords {
  readonly icon: AttachmentIcon;
  readonly label: string;
  readonly description: string;
}

/** The sources in words, the same after `#` and by Attach. The icons are those of the attachments. */
export function contextSourceWords(t: Translate): Readonly<Record<ContextSource, SourceWords>> {
  return {
    selection: {
      icon: 'list-selection',
      label: t('Selection'),
      description: t('The selection in the editor'),
    },
    file: { icon: 'file-code', label: t('File'), description: t('The file in the active editor') },
    problems: { icon: 'warning', label: t('Problems'), description: t('Errors and warnings of that file') },
    changes: { icon: 'git-compare', label: t('Changes'), description: t('Uncommitted Git changes') },
    terminal: {
      icon: 'terminal',
      label: t('Terminal'),
      description: t('The last output of the active terminal'),
    },
    codebase: {
      icon: 'code',
      label: t('Codebase'),
      description: t('Code of the workspace that matches the prompt'),
    },
  };
}
