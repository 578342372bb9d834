import * as vscode from 'vscode';
import { splitBlock, splitText } from '../../core/edits/lines/lineEdit';
import { measureOverlap } from '../../core/edits/lines/plainLine';
import type { NamedPath } from '../../core/edits/plan/namedPaths';
import { readWorkspacePath } from '../../core/paths/readWorkspacePath';
import type { CodeAttachment } from '../../shared/conversation/attachment';
import { codeCellsOf, isNotebookFile } from '../documents/codeCellsOf';
import { isDocumentOfUser } from '../documents/isDocumentOfUser';
import { activeDocument, openDocuments } from './openDocuments';
import { findAttachedFile, findFilesOfBlock, isFile, staysInside } from '../workspace/findNamedFiles';

/** The clues that tell which file a code block belongs to. */
interface TargetClues {
  /** The block's text; for a diff, the lines that it expects in the file. */
  readonly text: string;
  readonly named: readonly NamedPath[];
  /** Code that was attached to the prompts before the answer, oldest first. */
  readonly attached: readonly CodeAttachment[];
}

/** A file that a block may belong to. The score is about 0 to 2; higher is more likely. */
export interface Candidate {
  readonly uri: vscode.Uri;
  readonly score: number;
  /** The share of the block's code that the file has, from 0 to 1. */
  readonly overlap: number;
}

/** The weight of each clue. A named path counts most, but similar code can outweigh a wrong name. */
const worth = { attached: 0.35, active: 0.25, open: 0.05, resembling: 0.6, foundElsewhere: 0.75 };
/** The user is asked if the best score is below `enough`, or less than `lead` above the next one. */
const enough = 0.35;
const lead = 0.2;
/** The most files of a name that are considered, anywhere in the workspace. */
const maxFound = 8;

/** Finds the files that a block may belong to, most likely first: workspace files, attached files and open files. */
export async function findCandidates(clues: TargetClues): Promise<readonly Candidate[]> {
  const scores = new Map<string, { uri: vscode.Uri; score: number }>();
  const add = (uri: vscode.Uri, score: number): void => {
    const known = scores.get(uri.toString());
    if (known === undefined) scores.set(uri.toString(), { uri, score });
    else known.score += score;
  };
  const open = openDocuments();
  const attached = await attachedFiles(clues.attached);
  const active = activeDocument()?.toString();
  for (const uri of await withCells(attached)) add(uri, worth.attached);
  for (const uri of open) add(uri, uri.toString() === active ? worth.active : worth.open);
  const known = [...scores.values()].map(({ uri }) => uri);
  const taken = new Set<string>();
  for (const { path, weight } of clues.named)
    for (const { uri, share } of await namedDocuments(path, known)) {
      // A file counts once: the fence and the text above it often name the same path.
      if (taken.has(uri.toString())) continue;
      taken.add(uri.toString());
      add(uri, weight * share);
    }
  const block = splitBlock(clues.text);
  const candidates = await Promise.all(
    [...scores.values()].map(async ({ uri, score }) => {
      const lines = await linesOf(uri);
      if (lines === undefined) return [];
      const overlap = measureOverlap(block, lines);
      return [{ uri, score: score + overlap * worth.resembling, overlap }];
    }),
  );
  return candidates.flat().sort((left, right) => right.score - left.score);
}

/** The best candidate if it is clearly ahead; undefined if the user should be asked. */
export function clearWinner(candidates: readonly Candidate[]): vscode.Uri | undefined {
  const [best, next] = candidates;
  if (best === undefined || best.score < enough) return undefined;
  return next === undefined || best.score - next.score >= lead ? best.uri : undefined;
}

/** Like `namedFiles`, but lists a notebook's code cells instead of its file. */
async function namedDocuments(
  path: string,
  known: readonly vscode.Uri[],
): Promise<readonly { uri: vscode.Uri; share: number }[]> {
  const files = await namedFiles(path, known);
  const documents = await Promise.all(
    files.map(async ({ uri, share }) => (await withCells([uri])).map((each) => ({ uri: each, share }))),
  );
  return documents.flat();
}

/** Replaces each notebook file by its code cells, because code goes into cells. */
async function withCells(uris: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const documents = await Promise.all(
    uris.map(async (uri) => (isNotebookFile(uri) ? await codeCellsOf(uri) : [uri])),
  );
  return documents.flat();
}

/** The files that a path may name. `share` is the part of the name's weight that counts: 1 unless the file is found elsewhere. */
async function namedFiles(
  path: string,
  known: readonly vscode.Uri[],
): Promise<readonly { uri: vscode.Uri; share: number }[]> {
  const exact = (await findFilesOfBlock(path)).filter(({ exists }) => exists);
  if (exact.length > 0) return exact.map(({ uri }) => ({ uri, share: 1 }));
  // A path outside the workspace may be exactly the path of an attached or open file.
  const wanted = path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  const same = known.filter((uri) => uri.path === wanted || uri.fsPath === path);
  if (same.length > 0) return same.map((uri) => ({ uri, share: 1 }));
  const safe = readWorkspacePath(path);
  if (safe === undefined) return [];
  const ending = known.filter((uri) => uri.path.endsWith(`/${safe}`) || uri.path === safe);
  if (ending.length > 0) return ending.map((uri) => ({ uri, share: 1 }));
  return (await findElsewhere(safe)).map((uri) => ({ uri, share: worth.foundElsewhere }));
}

/** Workspace files whose path ends with this path. */
async function findElsewhere(path: string): Promise<readonly vscode.Uri[]> {
  const literal = path.replace(/[[\]{}*?!]/g, '[$&]');
  const found = await vscode.workspace.findFiles(`**/${literal}`, undefined, maxFound);
  const inside = await Promise.all(
    found.map(async (uri) => {
      const folder = vscode.workspace.getWorkspaceFolder(uri);
      return folder !== undefined && (await staysInside(uri, folder.uri));
    }),
  );
  return found.filter((_, index) => inside[index]);
}

/** The attached files that still exist. */
async function attachedFiles(attached: readonly CodeAttachment[]): Promise<readonly vscode.Uri[]> {
  const uris = new Map<string, vscode.Uri>();
  for (const attachment of attached) {
    const uri = await findAttachedFile(attachment);
    if (uri !== undefined && isDocumentOfUser(uri)) uris.set(uri.toString(), uri);
  }
  const open = new Set(openDocuments().map((uri) => uri.toString()));
  const there = await Promise.all(
    [...uris.values()].map(async (uri) => open.has(uri.toString()) || (await isFile(uri))),
  );
  return [...uris.values()].filter((_, index) => there[index]);
}

async function linesOf(uri: vscode.Uri): Promise<readonly string[] | undefined> {
  try {
    return splitText((await vscode.workspace.openTextDocument(uri)).getText()).lines;
  } catch {
    // Binary, too large or deleted: such a file cannot be changed.
    return undefined;
  }
}
