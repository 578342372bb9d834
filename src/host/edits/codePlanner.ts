import * as vscode from 'vscode';
import type { ApplyPlan, Place } from '../../core/edits/lines/applyPlan';
import { applyLineEdits, splitText, withoutBlankEdges, type LineEdit } from '../../core/edits/lines/lineEdit';
import { placePatch } from '../../core/edits/exact/placePatch';
import { asNewFile, expectedText, type FilePart } from '../../core/edits/plan/filePart';
import { planApply } from '../../core/edits/plan/planApply';
import { breaksSyntax, type SyntaxParser } from '../../core/edits/structure/breaksSyntax';
import type { Log } from '../../core/ports/log';
import { baseName } from '../../core/text/baseName';
import { plainText } from '../ui/plainText';
import { askForExactEdit, mayAskForExactEdit, type ExactEditPorts } from './askForExactEdit';
import { clearWinner, findCandidates } from './findCandidates';
import { freePath } from './openNewFile';
import { pickPlace } from './pickPlace';
import { pickTarget, type TargetChoice } from './pickTarget';
import { TreeSitterParser } from './treeSitterParser';

/** A file's text with the changes of several parts. */
interface ChangedText {
  readonly text: string;
  /** The parts whose changes the text contains. */
  readonly changed: readonly FilePart[];
  /** The parts whose code the file had already. */
  readonly already: readonly FilePart[];
  /** Parts that can be placed only after the user has decided about this text. */
  readonly later: readonly FilePart[];
}

/** Finds the file of a part of an answer's code, and what the part changes in it. Asks the user what is not clear. */
export class CodePlanner {
  private readonly syntax: SyntaxParser;

  constructor(private readonly ports: ExactEditPorts & { readonly log: Log }) {
    this.syntax = new TreeSitterParser(vscode.env.appRoot, ports.log);
  }

  /** Finds the file for a part, and asks the user if it is not clear. Undefined if the user cancelled. */
  async findTarget(part: FilePart): Promise<TargetChoice> {
    if (part.patch?.oldPath === null) return 'new-file';
    const candidates = await findCandidates({
      text: expectedText(part),
      named: part.named,
      attached: part.attached,
    });
    const newFile = await freePath(asNewFile(part));
    const isNew =
      newFile !== undefined && !candidates.some(({ uri }) => baseName(uri.path) === baseName(newFile.path));
    if (!isNew) return clearWinner(candidates) ?? (await pickTarget(candidates));
    // The name may be wrong: ask before a new file repeats the code of another one.
    return candidates.some(({ overlap }) => overlap >= mostOverlap)
      ? await pickTarget(candidates, newFile)
      : 'new-file';
  }

  /**
   * Applies the parts one after the other to a document's text. Places that are not clear are asked for in the document itself,
   * so a part after the first change that has no clear place is left for later.
   */
  async change(document: vscode.TextDocument, parts: readonly FilePart[]): Promise<ChangedText> {
    const before = document.getText();
    const [changed, already]: [FilePart[], FilePart[]] = [[], []];
    let text = before;
    for (const [index, part] of parts.entries()) {
      const plan = await this.checkSyntax(planFor(part, text), document, text);
      if (plan.kind === 'unclear' && text !== before)
        return { text, changed, already, later: parts.slice(index) };
      if (plan.kind === 'already') already.push(part);
      const edits = await this.editsFor(plan, part, document);
      if (edits === undefined) continue;
      const { lines, eol } = splitText(text);
      text = applyLineEdits(lines, edits).join(eol);
      changed.push(part);
    }
    return { text, changed, already, later: [] };
  }

  /**
   * Turns a guessed plan into a question if its result has more syntax errors than the file. An exact form, such as a diff, is
   * kept: the model wrote that change itself.
   */
  private async checkSyntax(
    plan: ApplyPlan,
    { languageId }: vscode.TextDocument,
    before: string,
  ): Promise<ApplyPlan> {
    if (plan.kind !== 'edits' || plan.edits.every(({ evidence }) => evidence === 'exact')) return plan;
    const { lines, eol } = splitText(before);
    const after = applyLineEdits(lines, plan.edits).join(eol);
    if (!(await breaksSyntax(this.syntax, languageId, before, after))) return plan;
    const start = plan.edits[0]?.start ?? 0;
    const place: Place = { kind: 'lines', edits: plan.edits, start, end: plan.edits.at(-1)?.end ?? start };
    return { kind: 'unclear', places: [place], vanishing: [] };
  }

  /** The edits of a plan; undefined if there is nothing to do. The user has then been told. */
  private async editsFor(
    plan: ApplyPlan,
    part: FilePart,
    document: vscode.TextDocument,
  ): Promise<readonly LineEdit[] | undefined> {
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

/** If a file has this share of the code of a block that names a new file, the user is asked. */
const mostOverlap = 0.3;

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
