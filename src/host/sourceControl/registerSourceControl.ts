import type { DisposableStore } from '../../shared/kit/disposable';
import type { CommandTable } from '../contributions/commandIds';
import { lazily } from '../../shared/kit/lazyPart';
import type { SourceControlPorts } from './sourceControlPorts';

/** The commands of Source Control. */
type SourceControlCommands = Pick<
  CommandTable,
  | 'parley.generateCommitMessage'
  | 'parley.stopCommitMessage'
  | 'parley.reviewChanges'
  | 'parley.fixFinding'
  | 'parley.dismissFinding'
  | 'parley.dismissFindings'
  | 'parley.describeBranch'
>;

/** Prepares what Source Control offers, which is a bundle of its own and loads on first use. */
export function registerSourceControl(
  subscriptions: DisposableStore,
  ports: SourceControlPorts,
): { readonly commands: SourceControlCommands } {
  const actions = lazily(async () => {
    const { SourceControlActions } = await import('./sourceControlActions');
    return subscriptions.add(new SourceControlActions(ports));
  });
  return {
    commands: {
      'parley.generateCommitMessage': async (clicked) => (await actions()).commitMessages.generate(clicked),
      'parley.stopCommitMessage': async (clicked) => (await actions()).commitMessages.stop(clicked),
      'parley.reviewChanges': async (clicked) => (await actions()).changeReviews.start(clicked),
      'parley.fixFinding': async (thread) => (await actions()).changeReviews.fix(thread),
      'parley.dismissFinding': async (thread) => (await actions()).changeReviews.dismiss(thread),
      'parley.dismissFindings': async () => (await actions()).changeReviews.dismissAll(),
      'parley.describeBranch': async (clicked) => (await actions()).describeBranch(clicked),
    },
  };
}
