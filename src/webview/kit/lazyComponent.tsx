import { signal } from '@preact/signals';
import type { FunctionComponent, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { usePanel } from '../state/panelParts';

/**
 * A component in its own chunk, which is loaded when it is first drawn. That takes a moment, because the chunk is a
 * local file.
 *
 * @param load Imports the component. A rejection goes to the log.
 * @param placeholder Displayed until then. Default: nothing.
 */
export function lazyComponent<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
  placeholder: JSX.Element | null = null,
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
    return Component === undefined ? placeholder : <Component {...props} />;
  };
}
