import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { usePanel } from '../state/panelParts';
import { MaskOverlay } from './maskOverlay';
import type { MaskRequest } from '../state/maskRequest';

/** Gets the picture of a request and its mask, and shows them until the user is done. */
export function MaskPainter({ request }: { readonly request: MaskRequest }): JSX.Element {
  const { store, painting, replies, post } = usePanel();
  const opener = useRef(document.activeElement);
  const { attachment, source, earlier } = request;
  const loaded = attachment === null ? undefined : replies.thumbnails.value.get(attachment.id);
  const isCurrent =
    attachment !== null && loaded !== undefined && (loaded.mask !== undefined) === attachment.hasMask;
  useEffect(() => {
    // Of many pictures, the page keeps only the latest.
    if (attachment !== null && !isCurrent) post('load-thumbnail', { id: attachment.id });
  }, []);
  const conversationId = store.conversationId.value;
  const begunIn = useRef(conversationId);
  useEffect(() => {
    if (begunIn.current !== conversationId) painting.value = null;
  }, [conversationId]);
  return (
    <MaskOverlay
      request={request}
      source={
        source !== null
          ? { url: source, ...(earlier !== null && { mask: earlier }) }
          : isCurrent
            ? loaded
            : null
      }
      onClose={() => {
        painting.value = null;
        if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
      }}
    />
  );
}
