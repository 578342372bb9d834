import * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import type { FileReview } from './fileReview';
import { describeLeft } from './describeLeft';
import { listReviews } from './listReviews';
import type { OpenReviews } from './openReviews';
import { closeTabs, proposalsOf, proposalTabs } from './proposalTabs';
import { countLeft, ReviewGroup } from './reviewGroup';

/** The proposed texts of files that are reviewed together. Read by the menus in package.json. */
const severalKey = 'parley.proposalsOfSeveral';

/** True while the diff of several files is the active editor. Read by the menus in package.json. */
const activeKey = 'parley.showsProposals';

/** The files that are reviewed together, and how many changes are left in them, which the Status Bar tells. */
export class ReviewGroups implements vscode.Disposable {
  private readonly groups = new Map<string, ReviewGroup>();
  private readonly subscriptions: readonly vscode.Disposable[];
  private item: vscode.StatusBarItem | undefined;

  constructor(
    private readonly open: OpenReviews,
    private readonly log: Log,
  ) {
    this.subscriptions = [
      vscode.window.tabGroups.onDidChangeTabGroups(() => {
        this.tellMenus();
      }),
    ];
  }

  /** Reviews files together from now on. @param modelName The model that wrote the code; '' if unknown. */
  add(reviews: readonly FileReview[], modelName: string): ReviewGroup {
    const group = new ReviewGroup(crypto.randomUUID(), modelName, new Set(reviews), this.log);
    this.groups.set(group.id, group);
    for (const review of reviews) this.open.save(review);
    this.refresh();
    return group;
  }

  /** The files of the active diff, or those that a file is reviewed with; see `OpenReviews.chosen`. */
  chosen(of: unknown): ReviewGroup | undefined {
    const review = this.open.chosen(of);
    const [only, ...others] = this.groups.values();
    return this.active ?? (review === undefined && others.length === 0 ? only : this.of(review));
  }

  /** Shows all changes of the window that are left in one diff. */
  async showAll(): Promise<void> {
    const reviews = this.open.all.filter(({ hunks }) => hunks.length > 0);
    const [first] = reviews;
    if (first === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No proposed changes are left.'));
      return;
    }
    const known = this.of(first);
    if (known !== undefined && reviews.every((review) => this.of(review) === known)) await known.show();
    else {
      const earlier = [...this.groups.values()];
      this.groups.clear();
      await this.add(reviews, '').show();
      for (const group of earlier) await this.endAll(group);
    }
  }

  /** Shows the groups of an earlier window that VS Code has not restored. */
  async showHidden(): Promise<void> {
    for (const group of this.groups.values()) if (!group.isShown) await group.show();
  }

  /** Lists the files that are left. */
  async list(): Promise<void> {
    await listReviews({
      reviews: () => this.open.all.filter(({ hunks }) => hunks.length > 0),
      showAll: () => this.showAll(),
    });
  }

  /** Takes a file out of its group, because another proposal replaces it. */
  async leave(review: FileReview): Promise<void> {
    const group = this.of(review);
    review.groupId = undefined;
    group?.remove(review);
    if (group?.left.files === 0) await this.finish(group);
  }

  /**
   * Follows a decision about a file.
   *
   * @returns true if its diff is to be closed: it is reviewed alone, or it was the last one of its group.
   */
  async settle(review: FileReview, isAccepted: boolean): Promise<boolean> {
    const group = this.of(review);
    if (group === undefined) return true;
    await this.open.settle(review, isAccepted);
    if (group.left.files > 0) return false;
    await this.finish(group);
    return true;
  }

  /** Notices when a diff of several files is closed. Its changes are kept. */
  followTabs(): void {
    const shown = new Set(proposalTabs().flatMap((tab) => proposalsOf(tab).map(String)));
    for (const review of this.open.all)
      if (review.groupId !== undefined) void review.followTabs(shown.has(review.uri.toString()));
    for (const group of this.groups.values()) {
      const isShown = group.tabs.length > 0;
      if (group.isShown && !isShown) void this.closed(group);
      group.isShown = isShown;
    }
    this.tellMenus();
  }

  /** Shows the number of open changes in the Status Bar and in the menus. */
  refresh(): void {
    const groups = [...this.groups.values()];
    const together = groups.flatMap(({ all }) => all.map(({ uri }) => uri.toString()));
    void vscode.commands.executeCommand('setContext', severalKey, together.length > 0 ? together : undefined);
    const left = countLeft(groups.flatMap(({ pending }) => pending));
    if (left.files === 0) {
      this.item?.dispose();
      this.item = undefined;
      return;
    }
    const item = (this.item ??= newItem());
    item.text = `$(diff-multiple) ${describeLeft(left)}`;
    item.accessibilityInformation = { label: vscode.l10n.t('Parley review: {0}', describeLeft(left)) };
    item.show();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.item?.dispose();
  }

  /** The group of the active diff of several files. */
  private get active(): ReviewGroup | undefined {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    return tab && [...this.groups.values()].find(({ tabs }) => tabs.includes(tab));
  }

  private of(review: FileReview | undefined): ReviewGroup | undefined {
    return review?.groupId === undefined ? undefined : this.groups.get(review.groupId);
  }

  /** Ends the reviews of a group without anything left, and closes its diffs. */
  private async finish(group: ReviewGroup): Promise<void> {
    const { tabs } = group;
    this.groups.delete(group.id);
    await this.endAll(group);
    await closeTabs(tabs, this.log);
    this.refresh();
  }

  /** Ends the reviews that are in no other group. */
  private async endAll(group: ReviewGroup): Promise<void> {
    for (const review of group.all)
      if (review.groupId === group.id) {
        review.groupId = undefined;
        if (review.hasEnded) await this.open.remove(review);
        else await review.end('discarded');
      }
  }

  private async closed(group: ReviewGroup): Promise<void> {
    const { left } = group;
    if (left.files === 0) {
      await this.finish(group);
      return;
    }
    const show = vscode.l10n.t('Show Changes');
    const reject = vscode.l10n.t('Reject All');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('The diff was closed, and nothing was lost: {0}.', describeLeft(left)),
      show,
      reject,
    );
    if (!this.groups.has(group.id)) return;
    if (answer === show) await group.show();
    else if (answer === reject) await group.rejectAll();
  }

  private tellMenus(): void {
    void vscode.commands.executeCommand('setContext', activeKey, this.active !== undefined);
  }
}

function newItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('parley.review', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('Parley Review');
  item.tooltip = vscode.l10n.t('Show Files with Proposed Changes');
  item.command = 'parley.listProposedFiles';
  return item;
}
