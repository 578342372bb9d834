import type { CommitFacts } from '../../core/sourceControl/commitMessagePrompt';
import type { Repository } from '../workspace/gitApi';

/** The text in the box: what the user has begun, and git's template if the box has only that. */
export function readBox({ inputBox }: Repository): Pick<CommitFacts, 'begun' | 'template'> {
  const { value } = inputBox;
  const lines = value.split('\n').filter((line) => line.trim() !== '');
  const isTemplate = lines.length > 0 && lines.every((line) => line.startsWith('#'));
  return isTemplate ? { begun: '', template: value } : { begun: value, template: '' };
}
