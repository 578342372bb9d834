import * as vscode from 'vscode';
import { readFileChange, type FileChange } from '../../core/edits/exact/readFileChange';
import { asNewFile, unmovedPart, type FilePart } from '../../core/edits/plan/filePart';
import type { Log } from '../../core/ports/log';
import { acceptProposal, proposedChange, proposedFile, type ProposedChange } from '../hunks/acceptProposal';
import type { BlockProgress } from './blockProgress';
import { addCell } from '../documents/codeCellsOf';
import type { CodePlanner } from './codePlanner';
import { findLanguageId } from './findLanguageId';
import { offerFileChange } from './offerFileChange';
import { freePath, openNewFile } from './openNewFile';
import type { TargetChoice } from './pickTarget';
import type { PendingReview } from '../hunks/fileReview';
import type { HunkReviews } from '../hunks/hunkReviews';
import { reportUnmarkedLines } from '../hunks/reportUnmarkedLines';
import type { ReviewPlace } from '../hunks/proposalTitle';
import { isDecodedCorrectly } from '../documents/unencodableCharacters';
import { isFile } from '../workspace/findNamedFiles';

/** One step of a review. The user decides about each before the next one is shown. */
type Step =
  /** A patch deletes or moves a file. */
  | { readonly kind: 'file-change'; readonly part: FilePart; readonly change: FileChange }
  | { readonly kind: 'file'; readonly target: vscode.Uri; readonly parts: readonly FilePart[] }
  /** `target` is undefined if no free path is known. */
  | { readonly kind: 'new-file'; readonly target: vscode.Uri | undefined; readonly part: FilePart }
  | { readonly kind: 'new-cell'; readonly notebook: vscode.Uri; readonly part: FilePart };

/** What a review needs. */
interface ReviewPorts {
  readonly planner: CodePlanner;
  readonly reviews: HunkReviews;
  readonly progress: BlockProgress;
  readonly log: Log;
}

/**
 * The review of code blocks that are applied together. Finds the files of all parts first, then shows one file after the other.
 * Several parts of one file are one change.
 */
export class CodeReview {
  /** True if the user has accepted all changes: the rest is written without a diff. */
  private acceptsRest = false;
  private count = 0;

  constructor(private readonly ports: ReviewPorts) {}

  /** Resolves when the first change is shown, or when there is nothing to show. */
  async run(parts: readonly FilePart[]): Promise<void> {
    const steps: Step[] = [];
    for (const part of parts) {
      const step = await this.stepFor(part);
      // The user has cancelled.
      if (step === undefined) return;
      addStep(steps, step);
    }
    this.count = steps.length;
    await this.takeAll(steps);
  }

  private async stepFor(part: FilePart): Promise<Step | undefined> {
    const change = part.patch && readFileChange(part.patch);
    if (change !== undefined) return { kind: 'file-change', part, change };
    return await stepTo(await this.ports.planner.findTarget(part), part);
  }

  /** Takes the steps in order, until one waits for the user's decision. */
  private async takeAll(steps: readonly Step[]): Promise<void> {
    for (const [index, step] of steps.entries()) if (await this.take(step, steps.slice(index + 1))) return;
  }

  /** Returns true if the step waits for the user's decision. The rest is taken after that. */
  private async take(step: Step, rest: readonly Step[]): Promise<boolean> {
    switch (step.kind) {
      case 'file-change':
        return await this.changeFile(step.part, step.change, rest);
      case 'file':
        return await this.proposeChange(step.target, step.parts, rest);
      case 'new-file':
        return await this.proposeFile(step.target, step.part, rest);
      case 'new-cell': {
        const { text, info } = asNewFile(step.part);
        const code = text.replace(/\r?\n$/, '');
        const isAdded = await addCell(step.notebook, code, await findLanguageId(info));
        this.settle([step.part], isAdded ? step.notebook : undefined);
        return false;
      }
    }
  }

  private async changeFile(part: FilePart, change: FileChange, rest: readonly Step[]): Promise<boolean> {
    const file = await offerFileChange(change);
    if (change.kind === 'delete' || part.patch?.hunks.length === 0) {
      this.settle([part], file);
      return false;
    }
    const edited = file === undefined ? unmovedPart(part) : part;
    const target = file ?? (await this.ports.planner.findTarget(edited));
    const step = await stepTo(target, edited);
    return step !== undefined && (await this.take(step, rest));
  }

  /** Shows the changes of one file. */
  private async proposeChange(
    target: vscode.Uri,
    parts: readonly FilePart[],
    rest: readonly Step[],
  ): Promise<boolean> {
    const document = await vscode.workspace.openTextDocument(target);
    if (!(await isDecodedCorrectly(document))) return false;
    const { text, changed, already, later } = await this.ports.planner.change(document, parts);
    this.settle(already, target);
    const next: readonly Step[] =
      later.length === 0 ? rest : [{ kind: 'file', target, parts: later }, ...rest];
    const [first] = changed;
    if (first === undefined) return false;
    const place = this.placeBefore(rest);
    if (this.acceptsRest) return await this.acceptNow(await proposedChange(document), text, changed, next);
    const { modelName } = first;
    const review = await this.ports.reviews.propose(document, text, { modelName, place });
    void reportUnmarkedLines(document, text);
    this.follow(review, { target, parts: changed, again: { kind: 'file', target, parts: changed }, next });
    return true;
  }

  /** Opens a single new file as an untitled one. Of several files, shows each as a proposal. */
  private async proposeFile(
    target: vscode.Uri | undefined,
    part: FilePart,
    rest: readonly Step[],
  ): Promise<boolean> {
    const place = this.placeBefore(rest);
    if (target === undefined || place === undefined) {
      const { uri } = await openNewFile(asNewFile(part));
      if (uri.path === target?.path) this.ports.progress.settleWhenSaved(part, target);
      return false;
    }
    // Another part of the code has created it meanwhile.
    if (await isFile(target)) return await this.proposeChange(target, [part], rest);
    const { text } = asNewFile(part);
    const whole = text.endsWith('\n') ? text : `${text}\n`;
    if (this.acceptsRest) return await this.acceptNow(await proposedFile(target), whole, [part], rest);
    const { modelName } = part;
    const review = await this.ports.reviews.proposeFile(target, whole, { modelName, place });
    this.follow(review, { target, parts: [part], again: { kind: 'new-file', target, part }, next: rest });
    return true;
  }

  /** Writes a change without a diff, after the user has accepted all. Returns false: nothing is to be waited for. */
  private async acceptNow(
    change: ProposedChange,
    text: string,
    parts: readonly FilePart[],
    next: readonly Step[],
  ): Promise<boolean> {
    const accepted = await acceptProposal(change, text);
    this.settle(parts, accepted === undefined || accepted === 'conflict' ? undefined : change.target);
    await this.takeAll(next);
    return true;
  }

  private follow({ ended }: PendingReview, { target, parts, again, next }: Following): void {
    ended
      .then(async ({ decision, accepted }) => {
        if (decision === 'again') {
          await this.takeAll([again, ...next]);
          return;
        }
        const isAccepted = accepted > 0 || decision === 'accepted' || decision === 'all-accepted';
        this.settle(parts, isAccepted ? target : undefined);
        this.acceptsRest ||= decision === 'all-accepted';
        if (decision !== 'all-discarded') await this.takeAll(next);
      })
      .catch((error: unknown) => {
        this.ports.log.error(`Couldn't apply the rest of the code: ${String(error)}`);
      });
  }

  private settle(parts: readonly FilePart[], file: vscode.Uri | undefined): void {
    for (const part of parts) this.ports.progress.settle(part, file);
  }

  /** The position of the step before `rest`; undefined for a single step. */
  private placeBefore(rest: readonly Step[]): ReviewPlace | undefined {
    return this.count < 2 ? undefined : { number: this.count - rest.length, count: this.count };
  }
}

/** What follows the decision about a proposal. */
interface Following {
  readonly target: vscode.Uri;
  /** The parts that the proposal contains. */
  readonly parts: readonly FilePart[];
  /** The step that makes the proposal again. */
  readonly again: Step;
  readonly next: readonly Step[];
}

async function stepTo(target: TargetChoice, part: FilePart): Promise<Step | undefined> {
  if (target === undefined) return undefined;
  if (target === 'new-file') return { kind: 'new-file', target: await freePath(asNewFile(part)), part };
  return 'newCellIn' in target
    ? { kind: 'new-cell', notebook: target.newCellIn, part }
    : { kind: 'file', target, parts: [part] };
}

/** Adds a step. A further part of a file joins the step of that file. */
function addStep(steps: Step[], step: Step): void {
  const at = steps.findIndex(
    (other) =>
      other.kind === 'file' && step.kind === 'file' && other.target.toString() === step.target.toString(),
  );
  const other = steps[at];
  if (step.kind === 'file' && other?.kind === 'file')
    steps[at] = { ...other, parts: [...other.parts, ...step.parts] };
  else steps.push(step);
}
