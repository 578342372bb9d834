import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../kit/iconButton';
import { usePanel } from '../state/panelParts';
import type { VersionButton } from '../scrolling/focusAfterSwitch';

interface VersionSwitchProps {
  readonly id: string;
  /** All versions at this place, oldest first. */
  readonly versions: readonly string[];
}

/** The version switch "‹ 2 of 3 ›". Displays nothing if there is one version. */
export function VersionSwitch({ id, versions }: VersionSwitchProps): JSX.Element | null {
  const { post, t, focusAfterSwitch, follower } = usePanel();
  const previous = useRef<HTMLButtonElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const button = focusAfterSwitch.take(id);
    if (button !== null) (button === 'previous' ? previous : next).current?.focus({ preventScroll: true });
  }, []);
  if (versions.length < 2) return null;
  const index = versions.indexOf(id);
  const show = (target: string | undefined, button: VersionButton): void => {
    if (target === undefined) return;
    follower.release();
    focusAfterSwitch.expect(target, button);
    post('select-version', { id: target });
  };
  return (
    <span class="versions">
      <IconButton
        icon="chevron-left"
        label={t('Previous Version')}
        off={index <= 0}
        buttonRef={previous}
        onPress={() => {
          show(versions[index - 1], 'previous');
        }}
      />
      <span class="version-counter">{t('{0} of {1}', index + 1, versions.length)}</span>
      <IconButton
        icon="chevron-right"
        label={t('Next Version')}
        off={index >= versions.length - 1}
        buttonRef={next}
        onPress={() => {
          show(versions[index + 1], 'next');
        }}
      />
    </span>
  );
}
