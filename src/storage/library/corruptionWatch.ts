import type { Log } from '../../core/ports/log';
import type { FileFacts } from '../files/fileFacts';
import type { JournalReading } from '../journal/journalReader';
import { isLost } from '../journal/journalReader';

/** A problem of a journal that the user should know. */
export type Corruption =
  /** Nothing in the file can be shown. The file was moved to `path`. */
  | { readonly kind: 'set-aside'; readonly id: string; readonly path: string }
  /** A part of the file cannot be read or is missing. The file was not changed. */
  | { readonly kind: 'damaged'; readonly id: string }
  /** A newer version of Parley wrote the file. This version does not write to it, and may not show everything. */
  | { readonly kind: 'newer-version'; readonly id: string };

/** What `CorruptionWatch` needs. */
interface CorruptionWatchPorts {
  readonly log: Log;
  readonly onDamage: (damage: Corruption) => void;
  /** Moves a journal to the damaged files. Resolves with its new path; undefined if it no longer has `size` bytes. */
  readonly setAside: (id: string, size: number) => Promise<string | undefined>;
}

/** Reports problems of journals to the log, and once to the user. Moves journals in which nothing can be shown. */
export class CorruptionWatch {
  private readonly reported = new Set<string>();

  constructor(private readonly ports: CorruptionWatchPorts) {}

  /**
   * Reports the problems that were found while reading a journal. Never rejects.
   *
   * @param occasion Some problems are reported to the user only when the conversation is opened, not when it is listed.
   * @returns True if the journal was moved to the damaged files.
   */
  async note(id: string, reading: JournalReading, occasion: 'opened' | 'listed'): Promise<boolean> {
    this.writeToLog(id, reading);
    if (isLost(reading)) return this.setAside(id, reading.size);
    const isShown = (reading.conversation?.messages.size ?? 0) > 0;
    if (reading.isNewer && (occasion === 'opened' || !isShown)) this.tell({ kind: 'newer-version', id });
    else if (reading.damagedLines > 0 && occasion === 'opened') this.tell({ kind: 'damaged', id });
    return false;
  }

  /** Reports a journal that became shorter. Parley only appends to journals, so a part of it is lost. */
  compare(id: string, before: FileFacts | undefined, now: FileFacts): void {
    if (before === undefined || now.size >= before.size) return;
    this.ports.log.warn(
      `Conversation ${id}: its file had ${before.size} bytes and has ${now.size} now; the end of the file is lost.`,
    );
    this.tell({ kind: 'damaged', id });
  }

  private writeToLog(id: string, reading: JournalReading): void {
    const { damagedLines, tornLines, unknownLines, isNewer } = reading;
    const findings = [
      ...(damagedLines > 0 ? [`${damagedLines} damaged lines were skipped`] : []),
      ...(tornLines > 0 ? [`${tornLines} lines are incomplete`] : []),
      ...(unknownLines > 0 ? [`${unknownLines} lines of a newer version were skipped`] : []),
      ...(isNewer ? ['a newer version wrote it, so this version does not change it'] : []),
    ];
    if (findings.length > 0) this.ports.log.warn(`Conversation ${id}: ${findings.join('; ')}.`);
  }

  private async setAside(id: string, size: number): Promise<boolean> {
    const { log, setAside } = this.ports;
    try {
      const path = await setAside(id, size);
      if (path === undefined) return false;
      log.error(`Conversation ${id}: nothing in its file can be read. The file was moved to ${path}`);
      this.tell({ kind: 'set-aside', id, path });
      return true;
    } catch (error) {
      log.error(`Conversation ${id}: its damaged file could not be moved: ${String(error)}`);
      this.tell({ kind: 'damaged', id });
      return false;
    }
  }

  private tell(damage: Corruption): void {
    const key = `${damage.kind} ${damage.id}`;
    if (this.reported.has(key)) return;
    this.reported.add(key);
    this.ports.onDamage(damage);
  }
}
