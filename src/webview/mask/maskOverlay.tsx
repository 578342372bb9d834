import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Translate } from '../../shared/kit/translate';
import { addStyles } from '../kit/addStyles';
import { dataUrlOf } from '../kit/dataUrlOf';
import { IconButton } from '../kit/iconButton';
import { usePanel } from '../state/panelParts';
import { loadMaskPicture, uprightPicture, type MaskPicture, type MaskProblem } from './loadMaskPicture';
import styles from './maskOverlay.css' with { type: 'text' };
import type { MaskRequest } from '../state/maskRequest';
import { MaskSession } from './maskSession';
import { MaskStage } from './maskStage';
import { MaskTools } from './maskTools';
import { writeMask } from './writeMask';

addStyles(styles);

/** The most bytes of a mask: OpenAI takes less than 4 MB. */
const largestMask = 4_000_000;

interface MaskOverlayProps {
  readonly request: MaskRequest;
  /** The `data:` URLs of the picture and its mask; null until they are here. */
  readonly source: { readonly url: string; readonly mask?: string } | null;
  readonly onClose: () => void;
}

interface Painting {
  readonly picture: MaskPicture;
  readonly session: MaskSession;
}

/** A picture over the whole panel, on which the user paints what a model is to change. Escape closes it without a change. */
export function MaskOverlay({ request, source, onClose }: MaskOverlayProps): JSX.Element {
  const { t, reportFailure } = usePanel();
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const painting = useSignal<Painting | null>(null);
  const problem = useSignal<MaskProblem | 'mask-too-large' | 'failed' | null>(null);
  const isWriting = useSignal(false);
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  const isHere = source !== null;
  useEffect(() => {
    if (source === null) return;
    loadMaskPicture(source.url, source.mask).then(
      (loaded) => {
        if (typeof loaded === 'string') problem.value = loaded;
        else painting.value = { picture: loaded, session: new MaskSession(loaded.drawing) };
      },
      (error: unknown) => {
        problem.value = 'failed';
        reportFailure(error);
      },
    );
  }, [isHere]);
  const { value: current } = painting;
  useLayoutEffect(() => {
    if (current !== null) stage.current?.focus();
  }, [current]);
  const use = (): void => {
    if (current === null || isWriting.peek() || current.session.share.peek() === 0) return;
    isWriting.value = true;
    problem.value = null;
    resultOf(current)
      .then((result) => {
        if (result === undefined) problem.value = 'mask-too-large';
        else {
          request.onUse(result);
          dialog.current?.close();
        }
      })
      .catch((error: unknown) => {
        problem.value = 'failed';
        reportFailure(error);
      })
      .finally(() => {
        isWriting.value = false;
      });
  };
  const canPaint = current !== null;
  const share = current?.session.share.value ?? 0;
  return (
    <dialog
      ref={dialog}
      class="mask-overlay"
      aria-labelledby="mask-title"
      aria-busy={isWriting.value}
      onClose={onClose}
      onKeyDown={(event) => {
        // Escape only closes the overlay; a streaming answer continues.
        if (event.key === 'Escape') event.stopPropagation();
        if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        current?.session.undo();
      }}
    >
      <div class="mask-bar">
        <h2 id="mask-title">{t('Paint What Changes')}</h2>
        <IconButton
          icon="close"
          label={t('Close')}
          hint={t('Close Without a Change (Escape)')}
          onPress={() => dialog.current?.close()}
        />
      </div>
      {canPaint ? (
        <>
          <MaskTools session={current.session} />
          <MaskStage
            name={request.name}
            picture={current.picture}
            session={current.session}
            stage={stage}
            keysId="mask-keys"
            onUse={use}
          />
          <p id="mask-keys" class="mask-keys">
            {t('Arrow keys move the brush, Space paints, E erases, [ and ] change the size.')}
          </p>
        </>
      ) : (
        <div class="mask-stage">{problem.value === null && <p>{t('Loading…')}</p>}</div>
      )}
      {problem.value !== null && (
        <p class="mask-problem" role="alert">
          {problemText(problem.value, t)}
        </p>
      )}
      <div class="mask-end">
        {canPaint && <PaintedShare share={share} />}
        <button type="button" class="button secondary" onClick={() => dialog.current?.close()}>
          {t('Cancel')}
        </button>
        {request.onRemove !== undefined && (
          <button
            type="button"
            class="button secondary"
            onClick={() => {
              request.onRemove?.();
              dialog.current?.close();
            }}
          >
            {t('Remove Mask')}
          </button>
        )}
        <button
          type="button"
          class="button"
          aria-disabled={!canPaint || share === 0 || isWriting.value ? 'true' : undefined}
          onClick={use}
        >
          {t('Use Mask')}
        </button>
      </div>
    </dialog>
  );
}

/** How much is painted. A screen reader hears it after each stroke. */
function PaintedShare({ share }: { readonly share: number }): JSX.Element {
  const { language, t } = usePanel();
  // Neither a small stroke nor a small gap is rounded away.
  const percent = share === 0 || share === 1 ? share : Math.min(0.99, Math.max(0.01, share));
  const format = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <span class="mask-share" role="status">
      {share === 0 ? t('Nothing is painted yet.') : t('{0} is painted', format.format(percent))}
    </span>
  );
}

/** The mask, and the picture if its rows must be turned; undefined if the mask is too large to be sent. */
async function resultOf({
  picture,
  session,
}: Painting): Promise<{ readonly mask: string; readonly picture?: string } | undefined> {
  const mask = await writeMask(session.drawing);
  if (mask.size > largestMask) return undefined;
  const turned = picture.isTurned ? await dataUrlOf(await uprightPicture(picture)) : undefined;
  return { mask: await dataUrlOf(mask), ...(turned !== undefined && { picture: turned }) };
}

function problemText(problem: MaskProblem | 'mask-too-large' | 'failed', t: Translate): string {
  switch (problem) {
    case 'unreadable':
      return t("Couldn't read the picture.");
    case 'too-large':
      return t('The picture is too large for a mask. Use one of at most 8192 × 8192 pixels.');
    case 'mask-too-large':
      return t('The mask is too large to be sent. Paint fewer and larger areas, or use a smaller picture.');
    case 'failed':
      return t("Couldn't make the mask. See the log for details.");
  }
}
