import * as vscode from 'vscode';
import { ImportProblem } from '../../core/exchange/importProblem';
import type { ConversationStore } from '../../core/ports/conversationStore';
import type { Log } from '../../core/ports/log';
import { HalfImported, importChats, type ImportedChats } from '../../storage/library/importChats';
import { plainText } from '../ui/plainText';

/** The largest file that is imported, in bytes. The whole file is read into memory. */
const largestFile = 512 * 1024 * 1024;

/** What `readChats` needs. */
interface ImportPorts {
  readonly store: ConversationStore;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Imports the conversations of a file that the user chooses. A notification reports how many were imported and how many could
 * not be read, or why the import failed.
 *
 * @returns The id of the conversation that changed last; undefined if nothing was imported.
 */
export async function readChats(ports: ImportPorts): Promise<string | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Import Chats'),
      openLabel: vscode.l10n.t('Import'),
      filters: { JSON: ['json'] },
    })) ?? [];
  if (file === undefined) return undefined;
  try {
    const { ids, problems } = await importFile(file, ports);
    const imported =
      ids.length === 0
        ? vscode.l10n.t('This file contains no chats.')
        : ids.length === 1
          ? vscode.l10n.t('1 chat imported')
          : vscode.l10n.t('{0} chats imported', ids.length);
    if (problems.length === 0) void vscode.window.showInformationMessage(imported);
    else {
      for (const problem of problems)
        ports.log.warn(`A chat was left out of the import. ${sentenceFor(problem)}`);
      void vscode.window.showWarningMessage(
        problems.length === 1
          ? vscode.l10n.t('{0}. 1 chat could not be read and was left out.', imported)
          : vscode.l10n.t('{0}. {1} chats could not be read and were left out.', imported, problems.length),
      );
    }
    return ids.at(-1);
  } catch (error) {
    ports.log.error(`The import of ${file.fsPath} failed: ${String(error)}`);
    void vscode.window.showErrorMessage(failureSentence(error));
    return undefined;
  }
}

function importFile(file: vscode.Uri, { store, now }: ImportPorts): Thenable<ImportedChats> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Importing chats…'),
  };
  return vscode.window.withProgress(options, async (progress) => {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > largestFile) throw new ImportProblem('too-large');
    const bytes = await vscode.workspace.fs.readFile(file);
    return importChats(bytes, {
      store,
      now,
      onProgress: (step, count) => {
        const message =
          step === 'read' ? vscode.l10n.t('{0} read', count) : vscode.l10n.t('{0} imported', count);
        progress.report({ message });
      },
    });
  });
}

function failureSentence(error: unknown): string {
  if (error instanceof HalfImported) {
    return vscode.l10n.t(
      'The import failed partway. {0} chats were imported and stay in the history. {1}',
      error.count,
      plainText(error.message),
    );
  }
  const reason = error instanceof ImportProblem ? sentenceFor(error) : plainText(String(error));
  return vscode.l10n.t('Nothing was imported. {0}', reason);
}

function sentenceFor({ kind, chat }: ImportProblem): string {
  switch (kind) {
    case 'no-json':
      return vscode.l10n.t('The file is not valid JSON.');
    case 'unknown-format':
      return vscode.l10n.t(
        "This file has an unknown format. Parley can import its own exports, ChatGPT's conversations.json and Continue's sessions.",
      );
    case 'newer-version':
      return vscode.l10n.t('A newer version of Parley wrote this file.');
    case 'damaged':
      return vscode.l10n.t('Chat {0} in the file is damaged or has an unknown format.', chat ?? 1);
    case 'too-large':
      return vscode.l10n.t('The file is larger than {0} MB.', largestFile / 1024 / 1024);
  }
}
