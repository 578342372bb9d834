import type { JSX } from 'preact';
import type { Translate } from '../../shared/kit/translate';
import { focusComposer } from '../composer/focusComposer';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';

interface Starter {
  readonly label: string;
  readonly prompt: string;
  /** True if it is sent at once; otherwise it is put into the composer to be completed. */
  readonly isComplete: boolean;
}

/** A greeting with a few first prompts, displayed when a model is ready. */
export function Starters(): JSX.Element {
  const { draft, post, follower, t } = usePanel();
  const start = ({ prompt, isComplete }: Starter): void => {
    if (isComplete) {
      post('submit', { text: prompt });
      follower.follow();
    } else {
      draft.set(prompt);
    }
    focusComposer();
  };
  return (
    <>
      <h2>{t('What are you working on?')}</h2>
      <ul class="starters" role="list">
        {startersOf(t).map((starter) => (
          <li key={starter.label}>
            <button
              type="button"
              class="starter"
              onClick={() => {
                start(starter);
              }}
            >
              <span>{starter.label}</span>
              <Icon name={starter.isComplete ? 'send' : 'edit'} />
            </button>
          </li>
        ))}
      </ul>
      <SelectionHint />
    </>
  );
}

function startersOf(t: Translate): readonly Starter[] {
  return [
    { label: t('What can you help me with?'), prompt: t('What can you help me with?'), isComplete: true },
    {
      label: t('Write a regular expression for …'),
      prompt: t('Write a regular expression that matches '),
      isComplete: false,
    },
    {
      label: t('Explain an error message …'),
      prompt: t('Explain this error message and how to fix it:\n'),
      isComplete: false,
    },
    { label: t('Write tests for …'), prompt: t('Write unit tests for this code:\n'), isComplete: false },
  ];
}

/** One sentence in which keys are displayed as keys. */
function SelectionHint(): JSX.Element {
  const { t } = usePanel();
  const isMac = navigator.userAgent.includes('Mac OS');
  const keys = isMac ? ['⌘K', '⌘Y'] : ['Ctrl+K', 'Ctrl+Y'];
  const [before, after] = t('To explain code, select it in the editor and press {0}.').split('{0}');
  return (
    <p class="welcome-hint">
      {before}
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
      {after}
    </p>
  );
}
