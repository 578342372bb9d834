import { useEffect, useRef } from 'preact/hooks';
import type { LocalServerCard } from '../../shared/messages/toView';
import { usePanel } from '../state/panelParts';

/** Milliseconds between the end of a search and the next one. */
const pause = 5_000;

/**
 * The servers on this computer that answer; null until the first search has ended. The host searches again and again while the
 * component and the page are visible.
 */
export function useLocalServers(): readonly LocalServerCard[] | null {
  const { replies, post } = usePanel();
  const reply = replies.localServers.value;
  const lastRequest = useRef(reply?.request ?? 0);
  const search = (): void => {
    if (document.visibilityState !== 'visible') return;
    lastRequest.current += 1;
    post('find-local-servers', { request: lastRequest.current });
  };
  useEffect(() => {
    search();
    document.addEventListener('visibilitychange', search);
    return () => {
      document.removeEventListener('visibilitychange', search);
    };
  }, []);
  useEffect(() => {
    if (reply === null) return;
    const timer = setTimeout(search, pause);
    return () => {
      clearTimeout(timer);
    };
  }, [reply]);
  return reply?.servers ?? null;
}
