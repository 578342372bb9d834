import * as vscode from 'vscode';
import { readFileChange, type FileChange } from '../../core/edits/exact/readFileChange';
import { asNewFile, unmovedPart, type FilePart } from '../../core/edits/plan/filePart';
import type { Log } from '../../core/ports/log';
import { proposedChange, proposedFile, type ProposedChange } from '../hunks/proposedChange';
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
import { isDecodedCorrectly } from '../documents/unencodableCharacters';
import { isFile } from '../workspace/findNamedFiles';

/** What happens to one file. */
type Step =
  /** A patch deletes or moves a file. */
  | { readonly kind: 'file-change'; readonly part: FilePart; readonly change: FileChange }
  | { readonly kind: 'file'; readonly target: vscode.Uri; readonly parts: readonly FilePart[] }
  /** `target` is undefined if no free path is known. */
  | { readonly kind: 'new-file'; readonly target: vscode.Uri | undefined; readonly part: FilePart }
  | { readonly kind: 'new-cell'; readonly notebook: vscode.Uri; readonly part: FilePart };

/** The proposed text of a file. */
interface Planned {
  readonly change: ProposedChange;
  readonly text: string;
  /** The parts that the text contains. */
  readonly parts: readonly FilePart[];
  /** The step that makes the proposal again. */
  readonly again: Step;
  /** What follows the decision about this text. */
  readonly next: readonly Step[];
}

/** What a review needs. */
interface ReviewPorts {
  readonly planner: CodePlanner;
  readonly reviews: HunkReviews;
  readonly progress: BlockProgress;
  readonly log: Log;
}

/**
 * The review of code blocks that are applied together. Finds the files of all parts first, then shows the changes of all files in
 * one diff. Several parts of one file are one change.
 */
export class CodeReview {
  /** True if the code is for several files. A new file is then a proposal like the others. */
  private isOfSeveral = false;

  constructor(private readonly ports: ReviewPorts) {}

  /** Resolves when the changes are shown, or when there is nothing to show. */
  async run(parts: readonly FilePart[]): Promise<void> {
    const steps: Step[] = [];
    for (const part of parts) {
      const step = await this.stepFor(part);
      // The user has cancelled.
      if (step === undefined) return;
      addStep(steps, step);
    }
    this.isOfSeveral = steps.length > 1;
    await this.takeAll(steps);
  }

  private async stepFor(part: FilePart): Promise<Step | undefined> {
    const change = part.patch && readFileChange(part.patch);
    if (change !== undefined) return { kind: 'file-change', part, change };
    return await stepTo(await this.ports.planner.findTarget(part), part);
  }

  /** Plans the steps, and shows what they change. */
  private async takeAll(steps: readonly Step[]): Promise<void> {
    const planned: Planned[] = [];
    for (const step of steps) {
      // A further change of the same file, such as a new one, is made to what the first one leaves.
      if (addNext(planned, 'target' in step ? step.target : undefined, step)) continue;
      const plan = await this.plan(step);
      if (plan !== undefined && !addNext(planned, plan.change.target, plan.again)) planned.push(plan);
    }
    const [first, ...others] = planned;
    if (first === undefined) return;
    const modelName = first.parts[0]?.modelName ?? '';
    const { reviews } = this.ports;
    const { document } = first.change;
    const open =
      others.length === 0 && document !== undefined
        ? [await reviews.propose(document, first.text, { modelName })]
        : await reviews.proposeAll(planned, { modelName });
    void reportUnmarkedLines(planned.map(({ change, text }) => ({ document: change.document, text })));
    for (const [index, plan] of planned.entries()) {
      const review = open[index];
      if (review !== undefined) this.follow(review, plan);
    }
  }

  /** Returns the change of a step. Returns undefined if the step changes nothing; a message has told why. */
  private async plan(step: Step): Promise<Planned | undefined> {
    switch (step.kind) {
      case 'file-change':
        return await this.changeFile(step.part, step.change);
      case 'file':
        return await this.planChange(step.target, step.parts);
      case 'new-file':
        return await this.planFile(step.target, step.part);
      case 'new-cell': {
        const { text, info } = asNewFile(step.part);
        const code = text.replace(/\r?\n$/, '');
        const isAdded = await addCell(step.notebook, code, await findLanguageId(info));
        this.settle([step.part], isAdded ? step.notebook : undefined);
        return undefined;
      }
    }
  }

  private async changeFile(part: FilePart, change: FileChange): Promise<Planned | undefined> {
    const file = await offerFileChange(change);
    if (change.kind === 'delete' || part.patch?.hunks.length === 0) {
      this.settle([part], file);
      return undefined;
    }
    const edited = file === undefined ? unmovedPart(part) : part;
    const target = file ?? (await this.ports.planner.findTarget(edited));
    const step = await stepTo(target, edited);
    return step && (await this.plan(step));
  }

  private async planChange(target: vscode.Uri, parts: readonly FilePart[]): Promise<Planned | undefined> {
    const document = await vscode.workspace.openTextDocument(target);
    if (!(await isDecodedCorrectly(document))) return undefined;
    const { text, changed, already, later } = await this.ports.planner.change(document, parts);
    this.settle(already, target);
    if (changed.length === 0) return undefined;
    return {
      change: await proposedChange(document),
      text,
      parts: changed,
      again: { kind: 'file', target, parts: changed },
      next: later.length === 0 ? [] : [{ kind: 'file', target, parts: later }],
    };
  }

  /** Opens a single new file as an untitled one. Of several files, each is a proposal. */
  private async planFile(target: vscode.Uri | undefined, part: FilePart): Promise<Planned | undefined> {
    if (target === undefined || !this.isOfSeveral) {
      const { uri } = await openNewFile(asNewFile(part));
      if (uri.path === target?.path) this.ports.progress.settleWhenSaved(part, target);
      return undefined;
    }
    // Another part of the code has created it meanwhile.
    if (await isFile(target)) return await this.planChange(target, [part]);
    const { text } = asNewFile(part);
    return {
      change: await proposedFile(target),
      text: text.endsWith('\n') ? text : `${text}\n`,
      parts: [part],
      again: { kind: 'new-file', target, part },
      next: [],
    };
  }

  private follow({ ended, target }: PendingReview, { parts, again, next }: Planned): void {
    ended
      .then(async ({ decision, accepted }) => {
        if (decision === 'again') {
          await this.takeAll([again, ...next]);
          return;
        }
        this.settle(parts, accepted > 0 || decision === 'accepted' ? target : undefined);
        if (decision !== 'all-discarded') await this.takeAll(next);
      })
      .catch((error: unknown) => {
        this.ports.log.error(`Couldn't apply the rest of the code: ${String(error)}`);
      });
  }

  private settle(parts: readonly FilePart[], file: vscode.Uri | undefined): void {
    for (const part of parts) this.ports.progress.settle(part, file);
  }
}

/** Adds a step after the change of the same file. Returns false if the file has no change. */
function addNext(planned: Planned[], target: vscode.Uri | undefined, step: Step): boolean {
  const at = planned.findIndex(({ change }) => change.target.toString() === target?.toString());
  const same = planned[at];
  if (same === undefined) return false;
  planned[at] = { ...same, next: [...same.next, step] };
  return true;
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
