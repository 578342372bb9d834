import type { Media } from '../../shared/answer/media';
import type { Translate } from '../../shared/kit/translate';
import type { PanelStore } from '../state/panelStore';
import type { EnlargedPicture } from './lightboxProvider';

/** The loaded pictures of an answer, and the index of each among its media. */
export function enlargedPictures(
  id: string,
  media: readonly Media[],
  store: PanelStore,
  t: Translate,
): { readonly pictures: readonly EnlargedPicture[]; readonly places: readonly number[] } {
  const pictures: EnlargedPicture[] = [];
  const places: number[] = [];
  for (const [index, medium] of media.entries()) {
    const url = store.loadedMedium(id, index) ?? medium.url;
    if (medium.kind !== 'image' || !url.startsWith('data:')) continue;
    pictures.push({ url, name: mediumName(medium, index, t), medium: { id, index } });
    places.push(index);
  }
  return { pictures, places };
}

/** The name of a medium: its own, or its kind with its number. */
export function mediumName({ kind, name }: Media, index: number, t: Translate): string {
  if (name !== undefined && name.trim() !== '') return name;
  switch (kind) {
    case 'image':
      return t('Picture {0}', index + 1);
    case 'audio':
      return t('Audio {0}', index + 1);
    case 'video':
      return t('Video {0}', index + 1);
  }
}
