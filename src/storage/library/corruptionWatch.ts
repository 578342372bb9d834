import type { Log } from '../../core/ports/log';
import type { FileFacts } from '../files/fileSystem';
import type { JournalReading } from '../journal/journalReader';
import { isLost } from '../journal/journalReader';

/** What people should hear of a conversation's journal. */
export type Corruption =
  /** Nothing of it could be shown. The file was moved to `path`. */
  | { readonly kind: 'set-aside'; readonly id: string; readonly path: string }
  /** A part of it could not be read, or is gone. The file stays as it is. */
  | { readonly kind: 'damaged'; readonly id: string }
  /** A newer version of Parley wrote it: it is only read, and may hold more than is shown. */
  | { readonly kind: 'newer-version'; readonly id: string };

/** What watching over the journals needs. */
export interface DamageWatchPorts {
  readonly log: Log;
  readonly onDamage: (damage: Corruption) => void;
  /** Moves a journal of this size out of the way. Resolves with its new place, undefined when it has changed since. */
  readonly setAside: (id: string, size: number) => Promise<string | undefined>;
}

/** Tells the log, and once each the people, what is wrong with journals, and has those moved of which nothing can be shown. */
export class CorruptionWatch {
  private readonly told = new Set<string>();

  constructor(private readonly ports: DamageWatchPorts) {}

  /**
   * Takes note of what was found in a journal. Never rejects.
   *
   * @param occasion What people hear of when they open a conversation, they need not hear when it is only listed.
   * @returns whether the journal was set aside.
   */
  async note(id: string, reading: JournalReading, occasion: 'opened' | 'listed'): Promise<boolean> {
    this.writeToLog(id, reading);
    if (isLost(reading)) return this.setAside(id, reading.size);
    const isShown = (reading.conversation?.messages.size ?? 0) > 0;
    if (reading.isNewer && (occasion === 'opened' || !isShown)) this.tell({ kind: 'newer-version', id });
    else if (reading.damagedLines > 0 && occasion === 'opened') this.tell({ kind: 'damaged', id });
    return false;
  }

  /** Takes note of a journal's size: what is only ever appended to cannot become shorter by itself. */
  compare(id: string, before: FileFacts | undefined, now: FileFacts): void {
    if (before === undefined || now.size >= before.size) return;
    this.ports.log.warn(
      `Conversation ${id}: its file had ${before.size} bytes and has ${now.size} now; what was at its end is gone.`,
    );
    this.tell({ kind: 'damaged', id });
  }

  private writeToLog(id: string, reading: JournalReading): void {
    const { damagedLines, tornLines, unknownLines, isNewer } = reading;
    const findings = [
      ...(damagedLines > 0 ? [`${damagedLines} damaged lines were skipped`] : []),
      ...(tornLines > 0 ? [`${tornLines} lines are incomplete`] : []),
      ...(unknownLines > 0 ? [`${unknownLines} lines of a newer version were skipped`] : []),
      ...(isNewer ? ['a newer version wrote it, so it is only read'] : []),
    ];
    if (findings.length > 0) this.ports.log.warn(`Conversation ${id}: ${findings.join('; ')}.`);
  }

  private async setAside(id: string, size: number): Promise<boolean> {
    const { log, setAside } = this.ports;
    try {
      const path = await setAside(id, size);
      if (path === undefined) return false;
      log.error(`Conversation ${id}: nothing in its file can be read. The file was set aside: ${path}`);
      this.tell({ kind: 'set-aside', id, path });
      return true;
    } catch (error) {
      log.error(`Conversation ${id}: its damaged file could not be set aside: ${String(error)}`);
      this.tell({ kind: 'damaged', id });
      return false;
    }
  }

  private tell(damage: Corruption): void {
    const key = `${damage.kind} ${damage.id}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    this.ports.onDamage(damage);
  }
}
