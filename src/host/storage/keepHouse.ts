import { hostname } from 'node:os';
import * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import { emptyTrash, journalFoldersIn, trashFolderIn } from '../../storage/library/emptyTrash';
import { MediaFiles, mediaFolderIn } from '../../storage/media/mediaFiles';
import { nodeFileSystem } from '../../storage/files/fileSystem';
import { OpenedCopies } from '../workspace/openedCopies';
import { tellWhereParleyRuns } from '../welcome/tellWhereParleyRuns';

/** What housekeeping needs. */
interface HousekeepingPorts {
  /** Parley's folder for all workspaces. */
  readonly storage: vscode.Uri;
  /** What is remembered for all workspaces. */
  readonly memory: vscode.Memento;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * What has time until the panel is shown: erases what was deleted long ago and copies of pictures of earlier windows, and says
 * once where a remote Parley runs. A bundle of its own; a failure goes to the log.
 */
export async function keepHouse({ storage, memory, log, now }: HousekeepingPorts): Promise<void> {
  const { fsPath } = storage;
  await emptyTrash(trashFolderIn(fsPath), { fileSystem: nodeFileSystem, log, now });
  try {
    const media = new MediaFiles(mediaFolderIn(fsPath), nodeFileSystem, log);
    await media.removeUnused(journalFoldersIn(fsPath), now());
    await new OpenedCopies(fsPath).forgetAll(shownFiles());
    await tellWhereParleyRuns(vscode, hostname(), memory);
  } catch (error) {
    log.warn(`Tidying up failed: ${String(error)}`);
  }
}

/** The files that this window's editors show, text or not. */
function shownFiles(): string[] {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return inputs.flatMap((input) =>
    input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? [input.uri.fsPath] : [],
  );
}
