import type { Signal } from '@preact/signals';
import type { Translate } from '../../shared/kit/translate';
import type { Post } from '../state/createPost';
import type { Notice } from './composerNotice';
import { droppedUris } from './droppedUris';

/** A longer paste becomes an attachment; in UTF-16 units. */
const longPaste = 10_000;
/** A dropped file without an address is read here, up to so many bytes. */
const largestText = 1_000_000;
const mostFiles = 20;
/** What browsers call a picture on the clipboard, which has no name of its own. */
const namelessPicture = /^image\.(?:png|jpe?g|webp|gif)$/u;

/** What taking in needs. */
export interface PasteAndDropPorts {
  readonly post: Post;
  readonly t: Translate;
  readonly notice: Signal<Notice | null>;
  /** Ids of the chips that are there now. */
  readonly chipIds: () => ReadonlySet<string>;
  /** Puts text where the cursor is. */
  readonly insert: (text: string) => void;
  readonly reportFailure: (error: unknown) => void;
}

/** Takes in what is pasted and dropped. */
export class PasteAndDrop {
  constructor(private readonly ports: PasteAndDropPorts) {}

  /** True when the paste is taken; else it is text to insert, which the browser does. */
  paste(data: DataTransfer): boolean {
    const text = data.getData('text/plain');
    if (text.length > longPaste) {
      const { notice, chipIds, post } = this.ports;
      notice.value = { kind: 'text-attached', text, before: chipIds(), inserted: false };
      post('attach-text', { text });
      return true;
    }
    const files = [...data.files];
    // Office programs put a picture of a text beside it, file managers a file's name: the text and the file are meant.
    const isAboutFiles =
      isBlank(text) ||
      files.some(({ name }) => name === text.trim()) ||
      holdsOnlyPictures(data.getData('text/html'));
    if (files.length === 0 || !isAboutFiles) return false;
    this.takeFiles(files);
    return true;
  }

  /** Attaches what was dropped, or inserts it when it is text. */
  drop(data: DataTransfer): void {
    const uris = droppedUris(data);
    if (uris.length > 0) this.ports.post('attach-dropped', { uris: [...uris] });
    else if (data.files.length > 0) this.takeFiles([...data.files]);
    else this.ports.insert(data.getData('text/plain'));
  }

  private takeFiles(files: readonly File[]): void {
    this.readFiles(files.slice(0, mostFiles)).catch(this.ports.reportFailure);
  }

  /** One after the other, so that the chips come in the files' order. */
  private async readFiles(files: readonly File[]): Promise<void> {
    for (const file of files) {
      try {
        await this.readFile(file);
      } catch {
        // Not a picture that the browser knows, not text, a folder, or gone by now: the user is told which.
        this.ports.notice.value = { kind: 'unreadable', name: file.name };
      }
    }
  }

  private async readFile(file: File): Promise<void> {
    const { post, t } = this.ports;
    if (file.type.startsWith('image/') && file.type !== 'image/svg+xml') {
      const name = namelessPicture.test(file.name) ? t('Pasted picture') : file.name.slice(0, 300);
      // Few people attach pictures: the first view of the panel does without what scales them.
      const { readPicture } = await import('./readPicture');
      post('attach-picture', await readPicture(file, name));
      return;
    }
    if (file.size > largestText) throw new Error('The file is too large to be read here.');
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    if (text.includes('\0')) throw new Error('The file is not text.');
    post('attach-text', { text: `${file.name}\n\n${text}` });
  }
}

/** True for a text of spaces, line ends and invisible characters: what stands for a picture where only text is wanted. */
function isBlank(text: string): boolean {
  return /^[\s\p{Cc}\p{Cf}\ufffc]*$/u.test(text);
}

/** True for HTML with pictures and without words. The document is never shown, and fetches nothing. */
function holdsOnlyPictures(html: string): boolean {
  if (!/<img\b/i.test(html)) return false;
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return body.querySelector('img') !== null && isBlank(body.textContent);
}
