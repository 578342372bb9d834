import type { ComponentChildren, JSX } from 'preact';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { isStoredMedia, type Media } from '../../shared/answer/media';
import { focusComposer } from '../composer/focusComposer';
import { IconButton } from '../kit/iconButton';
import { usePanel } from '../state/panelParts';
import { enlargedPictures, mediumName } from './enlargedPictures';
import { useEnlarge } from './lightboxProvider';
import { MediaList } from './mediaList';
import { CopyPictureButton } from './copyPictureButton';
import { UnplayableNote } from './unplayableNote';

interface PictureTileProps {
  /** The answer. */
  readonly id: string;
  readonly media: readonly Media[];
  /** The index of the picture among the answer's media; null while it has not come. */
  readonly index: number | null;
  /** The address of an unfinished picture; null for none. */
  readonly preview: string | null;
  /** Width divided by height of the place. */
  readonly ratio: number;
  readonly isMaking: boolean;
  /** Displayed over the place. */
  readonly children: ComponentChildren;
}

/** The place of a picture, with its buttons. */
export function PictureTile({
  id,
  media,
  index,
  preview,
  ratio,
  isMaking,
  children,
}: PictureTileProps): JSX.Element {
  const { store, post, painting, t } = usePanel();
  const enlarge = useEnlarge();
  const medium = index === null ? undefined : media[index];
  const loaded = index === null ? undefined : store.loadedMedium(id, index);
  const isStored = medium !== undefined && isStoredMedia(medium.url);
  const needsLoading = isStored && loaded === undefined;
  useEffect(() => {
    if (needsLoading && index !== null) post('load-media', { id, index });
  }, [needsLoading, index]);
  const address = medium === undefined ? preview : (loaded ?? medium.url);
  const isHere = address?.startsWith('data:') === true;
  /** The last picture stays until the next one has come, so that the place is never empty in between. */
  const last = useRef<string | null>(null);
  if (isHere) last.current = address;
  const shown = last.current;
  if (medium !== undefined && index !== null && !isHere && !isStored)
    return <MediaList id={id} media={media} from={index} to={index + 1} />;
  const name =
    medium === undefined || index === null ? t('Unfinished picture') : mediumName(medium, index, t);
  const isGone = loaded === '';
  /** The address that could not be shown. */
  const broken = useSignal('');
  const isBroken = shown !== null && broken.value === shown;
  const picture =
    shown === null || isGone || isBroken ? null : (
      <img
        src={shown}
        alt={name}
        decoding="sync"
        draggable={false}
        onError={() => {
          broken.value = shown;
        }}
      />
    );
  return (
    <figure class="picture-tile" aria-label={name} style={{ '--ratio': String(ratio) }}>
      <div class={picture === null && isMaking ? 'picture-place waits' : 'picture-place'}>
        {picture !== null && isHere && index !== null ? (
          <button
            type="button"
            class="enlarge"
            aria-label={t('Enlarge {0}', name)}
            onClick={() => {
              const { pictures, places } = enlargedPictures(id, media, store, t);
              enlarge(pictures, places.indexOf(index));
            }}
          >
            {picture}
          </button>
        ) : (
          picture
        )}
        {children}
        {isBroken && <UnplayableNote kind="image" />}
        {isGone && <p class="media-note">{t('This file is no longer on this computer.')}</p>}
      </div>
      <div class="picture-buttons">
        {index !== null && isHere && shown !== null && (
          <>
            <IconButton
              icon="save"
              label={t('Save')}
              hint={t('Save to a file')}
              onPress={() => {
                post('save-media', { id, index });
              }}
            />
            <CopyPictureButton url={shown} />
            <IconButton
              icon="insert"
              label={t('Insert into File')}
              hint={t('Save the picture and insert a reference at the cursor')}
              onPress={() => {
                post('insert-media', { id, index });
              }}
            />
            <IconButton
              icon="edit"
              label={t('Edit This')}
              hint={t('Attach the picture to the next prompt')}
              onPress={() => {
                post('edit-media', { id, index });
                focusComposer();
              }}
            />
            {store.state.value?.generation?.takesMask === true && (
              <IconButton
                icon="paintcan"
                label={t('Edit a Part')}
                hint={t('Paint what the next prompt changes')}
                onPress={() => {
                  painting.value = {
                    attachment: null,
                    source: shown,
                    earlier: null,
                    name,
                    onUse: ({ mask }) => {
                      post('edit-media', { id, index, mask });
                      focusComposer();
                    },
                  };
                }}
              />
            )}
          </>
        )}
      </div>
    </figure>
  );
}
