import * as vscode from 'vscode';
import type { ApplyPlan, Place } from '../../core/edits/lines/applyPlan';
import {
  applyLineEdits,
  splitBlock,
  splitText,
  withoutBlankEdges,
  type LineEdit,
} from '../../core/edits/lines/lineEdit';
import { namedPaths, type NamedPath } from '../../core/edits/plan/namedPaths';
import { readExactForm } from '../../core/edits/exact/readExactForm';
import { oldSide, type FilePatch } from '../../core/edits/exact/filePatch';
import { placePatch } from '../../core/edits/exact/placePatch';
import { planApply } from '../../core/edits/plan/planApply';
import { breaksSyntax, type SyntaxParser } from '../../core/edits/structure/breaksSyntax';
import type { Log } from '../../core/ports/log';
import type { CodeAttachment } from '../../shared/conversation/attachment';
import { plainText } from '../ui/plainText';
import { isReadAsItIs } from './unencodableCharacters';
import { languageId } from './languageId';
import { freePath, openNewFile } from './openNewFile';
import { addCell } from './codeCellsOf';
import { askForExactEdit, mayAskForExactEdit, type ExactEditPorts } from './askForExactEdit';
import { pickPlace } from './pickPlace';
import type { Proposals } from './proposals';
import { clearWinner, findCandidates } from './findCandidates';
import { TreeSitterParser } from './treeSitterParser';
import { pickTarget, type TargetChoice } from './pickTarget';

/** A code block on its way to a file. */
export interface Applicable {
  readonly text: string;
  readonly info: string;
  readonly before: string;
  readonly named: readonly NamedPath[];
  readonly attached: readonly CodeAttachment[];
  readonly modelName: string;
}

/** A block for one file. */
interface Piece extends Applicable {
  /** Set when the block is a diff. */
  readonly patch: FilePatch | undefined;
}

/** Applies code blocks: finds the file and the place, and shows the change. */
export class Applying {
  private readonly syntax: SyntaxParser;

  constructor(
    private readonly proposals: Proposals,
    private readonly ports: ExactEditPorts & { readonly log: Log },
  ) {
    this.syntax = new TreeSitterParser(vscode.env.appRoot, ports.log);
  }

  /** Resolves when the first file's change is shown, or there is nothing to show; further files follow each decision. */
  async start(block: Applicable): Promise<void> {
    await this.next(takeApart(block));
  }

  /** Goes through the files of a block until one waits for a decision. */
  private async next(pieces: readonly Piece[]): Promise<void> {
    for (const [index, piece] of pieces.entries()) {
      const target = await findTarget(piece);
      if (target === undefined) return;
      if (target === 'new-file') await openNewFile(asNewFile(piece));
      else if ('newCellIn' in target) {
        const { text, info } = asNewFile(piece);
        await addCell(target.newCellIn, text.replace(/\r?\n$/, ''), await languageId(info));
      } else if (await this.propose(piece, target, pieces.slice(index + 1))) return;
    }
  }

  /** Shows the change of one file; true when a decision is awaited, after which `rest` follows. */
  private async propose(piece: Piece, target: vscode.Uri, rest: readonly Piece[]): Promise<boolean> {
    const document = await vscode.workspace.openTextDocument(target);
    if (!(await isReadAsItIs(document))) return false;
    const file = document.getText();
    const edits = await this.editsFor(piece, document);
    if (edits === undefined) return false;
    const { lines, eol } = splitText(file);
    const text = applyLineEdits(lines, edits).join(eol);
    const { decided } = await this.proposals.show(document, text, piece.modelName);
    decided
      .then((decision) =>
        decision === 'again'
          ? this.propose(piece, target, rest).then((waits) => (waits ? undefined : this.next(rest)))
          : this.next(rest),
      )
      .catch((error: unknown) => {
        this.ports.log.error(`Applying the rest of a block failed: ${String(error)}`);
      });
    return true;
  }

  /** A plan whose result has an error that the file has not becomes a question; an exact form is the model's own word. */
  private async checked(plan: ApplyPlan, document: vscode.TextDocument): Promise<ApplyPlan> {
    if (plan.kind !== 'edits' || plan.edits.every(({ evidence }) => evidence === 'exact')) return plan;
    const before = document.getText();
    const { lines, eol } = splitText(before);
    const after = applyLineEdits(lines, plan.edits).join(eol);
    if (!(await breaksSyntax(this.syntax, document.languageId, before, after))) return plan;
    const start = plan.edits[0]?.start ?? 0;
    const place: Place = { kind: 'lines', edits: plan.edits, start, end: plan.edits.at(-1)?.end ?? start };
    return { kind: 'unclear', places: [place], vanishing: [] };
  }

  /** What the block changes in a document; undefined when nothing is to be done, of which the user has then been told. */
  private async editsFor(
    piece: Piece,
    document: vscode.TextDocument,
  ): Promise<readonly LineEdit[] | undefined> {
    const plan = await this.checked(planFor(piece, document.getText()), document);
    switch (plan.kind) {
      case 'edits':
        return plan.edits;
      case 'already':
        void vscode.window.showInformationMessage(
          vscode.l10n.t('The code is already in {0}.', plainText(nameOf(document.uri))),
        );
        return undefined;
      case 'unclear': {
        const code = piece.patch === undefined ? insertable(plan.places, piece.text) : undefined;
        const chosen = await pickPlace(document, plan.places, code, mayAskForExactEdit(document));
        if (chosen !== 'ask-model') return chosen;
        return (await askForExactEdit(this.ports, document, piece.text, plan.places))?.edits;
      }
    }
  }
}

function takeApart(block: Applicable): readonly Piece[] {
  const lines = splitBlock(block.text);
  const patches = readExactForm(lines, block.info)?.filter(
    ({ hunks, newPath }) => hunks.length > 0 || newPath === null,
  );
  if (patches === undefined) return [{ ...block, patch: undefined }];
  return patches.map((patch) => {
    const paths = [patch.newPath, patch.oldPath].filter((path) => typeof path === 'string');
    const own = paths.map((path) => ({ path, weight: 1 }));
    // The block's other names are those of its other files.
    const others = own.length > 0 ? [] : namedPaths({ ...block, text: '' });
    return { ...block, patch, named: [...own, ...others] };
  });
}

/** Undefined when the user has chosen nothing. */
async function findTarget(piece: Piece): Promise<TargetChoice> {
  if (piece.patch?.oldPath === null) return 'new-file';
  const candidates = await findCandidates({
    text: piece.patch === undefined ? piece.text : oldText(piece.patch),
    named: piece.named,
    attached: piece.attached,
  });
  const newFile = await freePath(asNewFile(piece));
  // A name that no file has is not a reason to change another file.
  const isNew = newFile !== undefined && !candidates.some(({ uri }) => nameOf(uri) === nameOf(newFile));
  if (isNew) return await pickTarget(candidates, newFile);
  return clearWinner(candidates) ?? (await pickTarget(candidates));
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}

/** The block without its placeholders, as it would be added at the end. */
function insertable(places: readonly Place[], text: string): string {
  const lines = places.find(({ kind }) => kind === 'end')?.edits[0]?.lines;
  return lines === undefined ? text : withoutBlankEdges(lines).join('\n');
}

function planFor(piece: Piece, file: string): ApplyPlan {
  return piece.patch === undefined
    ? planApply({ block: piece.text, info: piece.info, file })
    : placePatch(piece.patch.hunks, splitText(file).lines);
}

function oldText({ hunks }: FilePatch): string {
  return hunks.flatMap(oldSide).join('\n');
}

/** A new file of a diff is what the diff adds. */
function asNewFile({ patch, text, info, before }: Piece): { text: string; info: string; before: string } {
  if (patch === undefined) return { text, info, before };
  const lines = patch.hunks.flatMap((hunk) =>
    hunk.lines.flatMap(({ kind, text: line }) => (kind === 'removed' ? [] : [line])),
  );
  return { text: lines.join('\n'), info: patch.newPath ?? '', before: '' };
}
