import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import { usePanel } from '../state/panelParts';

/**
 * A component that is a chunk of its own, loaded when it is drawn for the first time. Until then nothing
 * stands in its place; it is here in a moment, because the chunk is a file beside the page.
 *
 * @param load Imports the component. What it rejects with goes to the log.
 */
export function lazyComponent<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  const loaded = signal<{ readonly component: FunctionComponent<Props> } | null>(null);
  return function Lazy(props: Props) {
    const { reportFailure } = usePanel();
    useEffect(() => {
      if (loaded.peek() !== null) return;
      load().then((component) => {
        loaded.value = { component };
      }, reportFailure);
    }, []);
    const Component = loaded.value?.component;
    return Component === undefined ? null : <Component {...props} />;
  };
}
