import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Log } from '../../core/ports/log';
import type { MediaStore } from '../../core/ports/mediaStore';
import { storedMediaScheme } from '../../shared/answer/media';
import type { FileSystem } from '../files/fileSystem';
import { removeLeftovers, replaceFile } from '../files/replaceFile';

/** Characters of the hash in a name. Two media of one conversation never share 128 bits by accident. */
const hashLength = 32;
/** An address cannot name a file in another folder. */
const addressPattern = /^parley-media:([0-9a-f]{32}\.[a-z0-9]{1,10})$/;
/** A younger file is never deleted, in milliseconds. */
const youngest = 24 * 60 * 60 * 1000;
const idPattern = /^[A-Za-z0-9-]{1,100}$/;
/** The name of a file is the id of its conversation, a dot, and the address without its scheme. */
const namePattern = /^([A-Za-z0-9-]{1,100})\.([0-9a-f]{32}\.[a-z0-9]{1,10})$/;

/** The kinds of files by their endings. An ending that is not here is read as bytes of unknown kind. */
const mimeTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
};
const endings = new Map(Object.entries(mimeTypes).map(([ending, mimeType]) => [mimeType, ending]));

/** The folder of the media in the library's folder. */
export function mediaFolderIn(folder: string): string {
  return join(folder, 'media');
}

/** The media of all conversations: one folder of files, because few conversations have any. */
export class MediaFiles implements MediaStore {
  constructor(
    private readonly folder: string,
    readonly fileSystem: FileSystem,
    readonly log: Log,
  ) {}

  async keep(conversationId: string, dataUrl: string): Promise<string> {
    const [head, mimeType = ''] = /^data:([^;,]{0,100})(?:;[^;,]{0,100}){0,5};base64,/.exec(dataUrl) ?? [];
    if (head === undefined) throw new Error('The medium is not base64.');
    const bytes = Buffer.from(dataUrl.slice(head.length), 'base64');
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, hashLength);
    const name = `${hash}.${endings.get(mimeType.toLowerCase()) ?? 'bin'}`;
    const path = this.pathOf(conversationId, name);
    if ((await this.fileSystem.facts(path))?.size !== bytes.length) await replaceFile(path, bytes, this);
    return `${storedMediaScheme}${name}`;
  }

  async read(conversationId: string, address: string): Promise<string | undefined> {
    const name = addressPattern.exec(address)?.[1];
    if (name === undefined) return undefined;
    try {
      const bytes = await this.fileSystem.readBytes(this.pathOf(conversationId, name));
      if (bytes === undefined) return undefined;
      const ending = name.slice(hashLength + 1);
      return `data:${mimeTypes[ending] ?? 'application/octet-stream'};base64,${bytes.toString('base64')}`;
    } catch (error) {
      this.log.warn(`A stored medium could not be read: ${String(error)}`);
      return undefined;
    }
  }

  async copy(fromId: string, toId: string): Promise<void> {
    for (const name of await this.namesOf(fromId)) {
      const bytes = await this.fileSystem.readBytes(this.pathOf(fromId, name));
      if (bytes !== undefined) await replaceFile(this.pathOf(toId, name), bytes, this);
    }
  }

  /**
   * Deletes the media of conversations that no longer exist, and what a killed window left behind.
   *
   * @param journalFolders The folders of all journals, those of deleted and of damaged ones too.
   * @param now Milliseconds since the epoch.
   */
  async removeUnused(journalFolders: readonly string[], now: number): Promise<void> {
    const names = await this.fileSystem.names(this.folder);
    if (names.length === 0) return;
    await removeLeftovers(this.folder, now, this.fileSystem);
    const journals = await Promise.all(journalFolders.map((folder) => this.fileSystem.names(folder)));
    const used = new Set(journals.flat().map((name) => name.split('.')[0]));
    for (const name of names) {
      const id = namePattern.exec(name)?.[1];
      if (id === undefined || used.has(id)) continue;
      const path = join(this.folder, name);
      const facts = await this.fileSystem.facts(path);
      // The journal of a new conversation may be written a moment later.
      if (facts !== undefined && facts.modifiedAt < now - youngest) await this.fileSystem.remove(path);
    }
  }

  /** The media of a conversation, as their addresses name them. */
  private async namesOf(conversationId: string): Promise<readonly string[]> {
    return (await this.fileSystem.names(this.folder)).flatMap((file) => {
      const [, id, name] = namePattern.exec(file) ?? [];
      return id === conversationId && name !== undefined ? [name] : [];
    });
  }

  private pathOf(conversationId: string, name: string): string {
    if (!idPattern.test(conversationId)) throw new Error('The id of the conversation is invalid.');
    return join(this.folder, `${conversationId}.${name}`);
  }
}
