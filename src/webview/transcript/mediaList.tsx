import type { JSX } from 'preact';
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { isStoredMedia, type Media } from '../../shared/answer/media';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';
import { enlargedPictures, mediumName } from './enlargedPictures';
import { UnplayableNote } from './unplayableNote';
import { useEnlarge } from './lightboxProvider';

interface MediaListProps {
  /** The answer of the media. */
  readonly id: string;
  /** All media of the answer. Those from `from` up to but not including `to` are displayed here. */
  readonly media: readonly Media[];
  readonly from: number;
  readonly to: number;
}

/** Consecutive pictures, sounds and videos of an answer. */
export function MediaList({ id, media, from, to }: MediaListProps): JSX.Element {
  return (
    <div class="media-list">
      {media.slice(from, to).map((medium, place) => (
        <Medium key={place} id={id} index={from + place} media={media} medium={medium} />
      ))}
    </div>
  );
}

interface MediumProps {
  readonly id: string;
  readonly index: number;
  /** All media of the answer. */
  readonly media: readonly Media[];
  readonly medium: Media;
}

function Medium({ id, index, media, medium }: MediumProps): JSX.Element {
  const enlarge = useEnlarge();
  const { store, post, t } = usePanel();
  const name = mediumName(medium, index, t);
  const loaded = store.loadedMedium(id, index);
  const url = loaded ?? medium.url;
  const isStored = isStoredMedia(medium.url);
  const isHere = url.startsWith('data:');
  const saveButton = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  useEffect(() => {
    if (isStored && loaded === undefined) post('load-media', { id, index });
  }, [isStored, loaded === undefined]);
  useLayoutEffect(() => {
    // The pressed button disappears, and its neighbour gets the focus.
    if (isHere && wasAsked.current && document.activeElement === document.body)
      saveButton.current?.focus({ preventScroll: true });
  }, [isHere]);
  return (
    <figure class="media" aria-label={name}>
      {isHere ? (
        <Player
          kind={medium.kind}
          url={url}
          name={name}
          onEnlarge={() => {
            const { pictures, places } = enlargedPictures(id, media, store, t);
            enlarge(pictures, places.indexOf(index));
          }}
        />
      ) : isStored ? (
        <p class="media-note">
          {loaded === '' ? t('This file is no longer on this computer.') : t('Loading…')}
        </p>
      ) : (
        <Address url={url} name={name} />
      )}
      <div class="media-buttons">
        {!isHere && !isStored && (
          <button
            type="button"
            class="button"
            title={t('Load from {0}', hostOf(url))}
            onClick={() => {
              wasAsked.current = true;
              post('load-media', { id, index });
            }}
          >
            {t('Show')}
          </button>
        )}
        <button
          type="button"
          ref={saveButton}
          class="button secondary"
          onClick={() => {
            post('save-media', { id, index });
          }}
        >
          <Icon name="save" />
          {t('Save')}
        </button>
      </div>
    </figure>
  );
}

interface PlayerProps {
  readonly kind: Media['kind'];
  readonly url: string;
  readonly name: string;
  readonly onEnlarge: () => void;
}

/** Media that came with the answer or were loaded since. */
function Player({ kind, url, name, onEnlarge }: PlayerProps): JSX.Element {
  const { t } = usePanel();
  /** The address that could not be shown. */
  const broken = useSignal('');
  const onError = (): void => {
    broken.value = url;
  };
  if (broken.value === url) return <UnplayableNote kind={kind} />;
  switch (kind) {
    case 'image':
      return (
        <button type="button" class="enlarge" aria-label={t('Enlarge {0}', name)} onClick={onEnlarge}>
          <img class="media-picture" src={url} alt={name} decoding="async" onError={onError} />
        </button>
      );
    case 'audio':
      return (
        <audio
          class="media-sound"
          controls
          preload="metadata"
          src={url}
          aria-label={name}
          onError={onError}
        />
      );
    case 'video':
      return (
        <video
          class="media-video"
          controls
          preload="metadata"
          src={url}
          aria-label={name}
          onError={onError}
        />
      );
  }
}

/** Media on another server. The panel itself loads nothing, because an address can carry data away. */
function Address({ url, name }: { readonly url: string; readonly name: string }): JSX.Element {
  return (
    <div class="media-address" title={url}>
      <Icon name="file-media" />
      <span class="media-name">{name}</span>
      <span class="media-host">{hostOf(url)}</span>
    </div>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
