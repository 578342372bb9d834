import type { Signal } from '@preact/signals';
import type { Translate } from '../../shared/kit/translate';
import type { Post } from '../state/createPost';
import type { ComposerField } from './composerField';
import type { Notice } from './composerNotice';
import { droppedUris } from './droppedUris';

/** Longer pasted text becomes an attachment, in UTF-16 units. */
const longPaste = 10_000;
/** The largest dropped file without an address that is read here, in bytes. */
const largestText = 1_000_000;
const mostFiles = 20;
/** The name that browsers give to a picture on the clipboard. */
const namelessPicture = /^image\.(?:png|jpe?g|webp|gif)$/u;

/** The ports of PasteAndDrop. */
interface PasteAndDropPorts {
  readonly post: Post;
  /** The prompt that gets the attachments: see `ComposerField.place`. */
  readonly place: ComposerField['place'];
  readonly t: Translate;
  readonly notice: Signal<Notice | null>;
  /** Ids of the current chips. */
  readonly chipIds: () => ReadonlySet<string>;
  /** Inserts text at the cursor. */
  readonly insert: (text: string) => void;
  readonly reportFailure: (error: unknown) => void;
}

/** Attaches what is pasted and dropped. */
export class PasteAndDrop {
  constructor(private readonly ports: PasteAndDropPorts) {}

  /** Returns true if the paste was attached. Otherwise it is text that the browser inserts. */
  paste(data: DataTransfer): boolean {
    const text = data.getData('text/plain');
    if (text.length > longPaste) {
      const { notice, chipIds, post, place } = this.ports;
      notice.value = { kind: 'text-attached', text, before: chipIds(), inserted: false };
      post('attach-text', { text, ...place });
      return true;
    }
    const files = [...data.files];
    // Office programs add a picture of the text, and file managers the name of the file. The user means the text, or
    // the file.
    const isAboutFiles =
      isBlank(text) ||
      files.some(({ name }) => name === text.trim()) ||
      holdsOnlyPictures(data.getData('text/html'));
    if (files.length === 0 || !isAboutFiles) return false;
    this.takeFiles(files);
    return true;
  }

  /** Attaches what was dropped, or inserts it if it is text. */
  drop(data: DataTransfer): void {
    const { post, place, insert } = this.ports;
    const uris = droppedUris(data);
    if (uris.length > 0) post('attach-dropped', { uris: [...uris], ...place });
    else if (data.files.length > 0) this.takeFiles([...data.files]);
    else insert(data.getData('text/plain'));
  }

  private takeFiles(files: readonly File[]): void {
    this.readFiles(files.slice(0, mostFiles)).catch(this.ports.reportFailure);
  }

  /** One after another, so that the chips have the order of the files. */
  private async readFiles(files: readonly File[]): Promise<void> {
    for (const file of files) {
      try {
        await this.readFile(file);
      } catch {
        // It is not a known picture format, not text, a folder, or no longer there. The user is told which file it is.
        this.ports.notice.value = { kind: 'unreadable', name: file.name };
      }
    }
  }

  private async readFile(file: File): Promise<void> {
    const { post, place, t } = this.ports;
    if (file.type.startsWith('image/') && file.type !== 'image/svg+xml') {
      const name = namelessPicture.test(file.name) ? t('Pasted picture') : file.name.slice(0, 300);
      // Loaded with the first picture, because the first view of the panel does not need it.
      const { readPicture } = await import('./readPicture');
      post('attach-picture', { ...(await readPicture(file, name)), ...place });
      return;
    }
    if (file.size > largestText) throw new Error('The file is too large to be read here.');
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    if (text.includes('\0')) throw new Error('The file is not text.');
    post('attach-text', { text: `${file.name}\n\n${text}`, ...place });
  }
}

/**
 * True for text of only spaces, line ends and invisible characters, which represents a picture where only text is
 * supported.
 */
function isBlank(text: string): boolean {
  return /^[\s\p{Cc}\p{Cf}\ufffc]*$/u.test(text);
}

/** True for HTML with pictures and without words. The document is never displayed and loads nothing. */
function holdsOnlyPictures(html: string): boolean {
  if (!/<img\b/i.test(html)) return false;
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return body.querySelector('img') !== null && isBlank(body.textContent);
}
