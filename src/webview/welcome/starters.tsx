import type { JSX } from 'preact';
import type { Translate } from '../../shared/kit/translate';
import type { OpenedContext, Starter } from '../../shared/messages/toView';
import { focusComposer } from '../composer/focusComposer';
import type { IconName } from '../kit/icon';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';

interface FirstPrompt {
  readonly label: string;
  readonly icon: IconName;
  readonly start:
    | { readonly how: 'about'; readonly starter: Starter }
    | { readonly how: 'send' | 'complete'; readonly prompt: string };
}

/** A greeting with a few first prompts, displayed when a model is ready. */
export function Starters(): JSX.Element {
  const { store, draft, post, follower, t } = usePanel();
  const begin = ({ start }: FirstPrompt): void => {
    if (start.how === 'complete') draft.set(start.prompt);
    else {
      if (start.how === 'about') post('start', { starter: start.starter });
      else post('submit', { text: start.prompt });
      follower.follow();
    }
    focusComposer();
  };
  const { opened } = store.state.value ?? {};
  const about = opened === undefined ? [] : promptsAbout(opened, t);
  const prompts = about.length > 0 ? about : usualPrompts(t);
  return (
    <>
      <h2>{t('What are you working on?')}</h2>
      <ul class="starters" role="list">
        {prompts.map((prompt) => (
          <li key={prompt.start.how === 'about' ? prompt.start.starter : prompt.label}>
            <button
              type="button"
              class="starter"
              title={prompt.label}
              onClick={() => {
                begin(prompt);
              }}
            >
              <span class="starter-label">{prompt.label}</span>
              <Icon name={prompt.icon} />
            </button>
          </li>
        ))}
      </ul>
      <SelectionHint />
    </>
  );
}

/** First prompts about what is open in VS Code. The host attaches it. */
function promptsAbout({ file, symbol, problems, changes }: OpenedContext, t: Translate): FirstPrompt[] {
  const prompts: FirstPrompt[] = [];
  const add = (starter: Starter, icon: IconName, label: string): void => {
    prompts.push({ label, icon, start: { how: 'about', starter } });
  };
  if (problems > 0)
    add('fix-problems', 'warning', problems === 1 ? t('Fix 1 problem') : t('Fix {0} problems', problems));
  if (file !== null) add('explain-file', 'file-code', t('Explain {0}', file));
  if (symbol !== null) {
    const name = symbol.isCallable && !symbol.name.includes('(') ? `${symbol.name}()` : symbol.name;
    add('write-tests', 'symbol-misc', t('Write tests for {0}', name));
  }
  if (changes > 0)
    add(
      'review-changes',
      'git-compare',
      changes === 1 ? t('Review my 1 change') : t('Review my {0} changes', changes),
    );
  return prompts;
}

/** First prompts where nothing is open. */
function usualPrompts(t: Translate): FirstPrompt[] {
  const toComplete = (label: string, prompt: string): FirstPrompt => ({
    label,
    icon: 'edit',
    start: { how: 'complete', prompt },
  });
  const question = t('What can you help me with?');
  return [
    { label: question, icon: 'send', start: { how: 'send', prompt: question } },
    toComplete(t('Write a regular expression for …'), t('Write a regular expression that matches ')),
    toComplete(t('Explain an error message …'), t('Explain this error message and how to fix it:\n')),
    toComplete(t('Write tests for …'), t('Write unit tests for this code:\n')),
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
