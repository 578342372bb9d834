import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
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
import { readFileChange } from '../../core/edits/exact/readFileChange';
import { oldSide, type FilePatch } from '../../core/edits/exact/filePatch';
import { placePatch } from '../../core/edits/exact/placePatch';
import { planApply } from '../../core/edits/plan/planApply';
import { breaksSyntax, type SyntaxParser } from '../../core/edits/structure/breaksSyntax';
import type { Log } from '../../core/ports/log';
import type { CodeAttachment } from '../../shared/conversation/attachment';
import { plainText } from '../ui/plainText';
import { isDecodedCorrectly } from './unencodableCharacters';
import { findLanguageId } from './findLanguageId';
import { offerFileChange } from './offerFileChange';
import { freePath, openNewFile } from './openNewFile';
import { addCell } from './codeCellsOf';
import { askForExactEdit, mayAskForExactEdit, type ExactEditPorts } from './askForExactEdit';
import { pickPlace } from './pickPlace';
import type { Proposals } from './proposals';
import { clearWinner, findCandidates } from './findCandidates';
import { TreeSitterParser } from './treeSitterParser';
import { pickTarget, type TargetChoice } from './pickTarget';

/** A code block of an answer that is to be applied to a file. */
interface AppliedBlock {
  readonly text: string;
  /** The info string of the fence. */
  readonly info: string;
  /** The answer's text just before the block. */
  readonly before: string;
  /** File paths that the block or the text before it names. */
  readonly named: readonly NamedPath[];
  /** Code that was attached to the prompts before the answer. */
  readonly attached: readonly CodeAttachment[];
  readonly modelName: string;
}

/** The part of a block that changes one file. */
interface FilePart extends AppliedBlock {
  /** The patch if the block is a diff. */
  readonly patch: FilePatch | undefined;
}

/** Applies code blocks: finds the file and the place in it, and shows the change as a diff. */
export class CodeApplier {
  private readonly syntax: SyntaxParser;

  constructor(
    private readonly proposals: Proposals,
    private readonly ports: ExactEditPorts & { readonly log: Log },
  ) {
    this.syntax = new TreeSitterParser(vscode.env.appRoot, ports.log);
  }

  /**
   * Applies a block. A diff may change several files: each one is shown after the user has decided about the one before.
   *
   * Resolves when the first change is shown, or when there is nothing to show.
   */
  async apply(block: AppliedBlock): Promise<void> {
    await this.applyNext(splitByFile(block));
  }

  /** Handles the parts in order, until one waits for the user's decision. */
  private async applyNext(parts: readonly FilePart[]): Promise<void> {
    for (const [index, each] of parts.entries()) {
      const change = each.patch && readFileChange(each.patch);
      const moved = change && (await offerFileChange(change));
      if (change !== undefined && (change.kind === 'delete' || each.patch?.hunks.length === 0)) continue;
      const part = change !== undefined && moved === undefined ? unmoved(each) : each;
      const target = moved ?? (await findTarget(part));
      if (target === undefined) return;
      if (target === 'new-file') await openNewFile(asNewFile(part));
      else if ('newCellIn' in target) {
        const { text, info } = asNewFile(part);
        await addCell(target.newCellIn, text.replace(/\r?\n$/, ''), await findLanguageId(info));
      } else if (await this.propose(part, target, parts.slice(index + 1))) return;
    }
  }

  /** Shows the change of one file. Returns true if it waits for the user's decision; `rest` is handled after that. */
  private async propose(part: FilePart, target: vscode.Uri, rest: readonly FilePart[]): Promise<boolean> {
    const document = await vscode.workspace.openTextDocument(target);
    if (!(await isDecodedCorrectly(document))) return false;
    const file = document.getText();
    const edits = await this.editsFor(part, document);
    if (edits === undefined) return false;
    const { lines, eol } = splitText(file);
    const text = applyLineEdits(lines, edits).join(eol);
    const { decided } = await this.proposals.show(document, text, part.modelName);
    decided
      .then((decision) =>
        decision === 'again'
          ? this.propose(part, target, rest).then((waits) => (waits ? undefined : this.applyNext(rest)))
          : this.applyNext(rest),
      )
      .catch((error: unknown) => {
        this.ports.log.error(`Couldn't apply the rest of a code block: ${String(error)}`);
      });
    return true;
  }

  /**
   * Turns a guessed plan into a question if its result has more syntax errors than the file. An exact form, such as a diff, is
   * kept: the model wrote that change itself.
   */
  private async checkSyntax(plan: ApplyPlan, document: vscode.TextDocument): Promise<ApplyPlan> {
    if (plan.kind !== 'edits' || plan.edits.every(({ evidence }) => evidence === 'exact')) return plan;
    const before = document.getText();
    const { lines, eol } = splitText(before);
    const after = applyLineEdits(lines, plan.edits).join(eol);
    if (!(await breaksSyntax(this.syntax, document.languageId, before, after))) return plan;
    const start = plan.edits[0]?.start ?? 0;
    const place: Place = { kind: 'lines', edits: plan.edits, start, end: plan.edits.at(-1)?.end ?? start };
    return { kind: 'unclear', places: [place], vanishing: [] };
  }

  /** The edits that the block makes in a document; undefined if there is nothing to do. The user has then been told. */
  private async editsFor(
    part: FilePart,
    document: vscode.TextDocument,
  ): Promise<readonly LineEdit[] | undefined> {
    const plan = await this.checkSyntax(planFor(part, document.getText()), document);
    switch (plan.kind) {
      case 'edits':
        return plan.edits;
      case 'already':
        void vscode.window.showInformationMessage(
          vscode.l10n.t('{0} already contains this code.', plainText(baseName(document.uri.path))),
        );
        return undefined;
      case 'unclear': {
        const code = part.patch === undefined ? insertable(plan.places, part.text) : undefined;
        const chosen = await pickPlace(document, plan.places, code, mayAskForExactEdit(document));
        if (chosen !== 'ask-model') return chosen;
        return (await askForExactEdit(this.ports, document, part.text, plan.places))?.edits;
      }
    }
  }
}

/** Splits a diff into one part per file. Any other block is one part. */
function splitByFile(block: AppliedBlock): readonly FilePart[] {
  const lines = splitBlock(block.text);
  const patches = readExactForm(lines, block.info)?.filter(
    (patch) => patch.hunks.length > 0 || readFileChange(patch) !== undefined,
  );
  if (patches === undefined) return [{ ...block, patch: undefined }];
  return patches.map((patch) => {
    const paths = [patch.newPath, patch.oldPath].filter((path) => typeof path === 'string');
    const own = paths.map((path) => ({ path, weight: 1 }));
    // Other paths that the block names belong to its other files.
    const others = own.length > 0 ? [] : namedPaths({ ...block, text: '' });
    return { ...block, patch, named: [...own, ...others] };
  });
}

/** Returns the part for the file's old path, for a patch whose move was not done. */
function unmoved(part: FilePart): FilePart {
  const { patch } = part;
  if (typeof patch?.oldPath !== 'string') return part;
  return {
    ...part,
    patch: { ...patch, newPath: patch.oldPath },
    named: [{ path: patch.oldPath, weight: 1 }],
  };
}

/** Finds the file for a part, and asks the user if it is not clear. Undefined if the user cancelled. */
async function findTarget(part: FilePart): Promise<TargetChoice> {
  if (part.patch?.oldPath === null) return 'new-file';
  const candidates = await findCandidates({
    text: part.patch === undefined ? part.text : oldText(part.patch),
    named: part.named,
    attached: part.attached,
  });
  const newFile = await freePath(asNewFile(part));
  // If no file has the name, the block may be a new file: ask before another file is changed.
  const isNew =
    newFile !== undefined && !candidates.some(({ uri }) => baseName(uri.path) === baseName(newFile.path));
  if (isNew) return await pickTarget(candidates, newFile);
  return clearWinner(candidates) ?? (await pickTarget(candidates));
}

/** The block without its placeholder comments, as it would be added at the end of the file. */
function insertable(places: readonly Place[], text: string): string {
  const lines = places.find(({ kind }) => kind === 'end')?.edits[0]?.lines;
  return lines === undefined ? text : withoutBlankEdges(lines).join('\n');
}

function planFor(part: FilePart, file: string): ApplyPlan {
  return part.patch === undefined
    ? planApply({ block: part.text, info: part.info, file })
    : placePatch(part.patch.hunks, splitText(file).lines);
}

function oldText({ hunks }: FilePatch): string {
  return hunks.flatMap(oldSide).join('\n');
}

/** The content of a part as a new file. For a diff, the lines that remain after it. */
function asNewFile({ patch, text, info, before }: FilePart): { text: string; info: string; before: string } {
  if (patch === undefined) return { text, info, before };
  const lines = patch.hunks.flatMap((hunk) =>
    hunk.lines.flatMap(({ kind, text: line }) => (kind === 'removed' ? [] : [line])),
  );
  return { text: lines.join('\n'), info: patch.newPath ?? '', before: '' };
}
