import type { DisposableStore } from '../../shared/kit/disposable';
import type { Attachment } from '../../shared/conversation/attachment';
import type { CommandTable } from '../contributions/commandIds';
import { lazily } from '../../shared/kit/lazyPart';
import type { CodebasePorts, CodebaseScope } from './codebaseActions';

/** The search behind `#codebase`. */
interface CodebaseFeature {
  readonly commands: Pick<CommandTable, 'parley.deleteCodebaseIndex' | 'parley.forgetCodebaseChoice'>;
  /** Finds the code that belongs to a question; see `CodebaseActions.search`. */
  readonly search: (question: string, scope: CodebaseScope) => Promise<readonly Attachment[]>;
}

/** Prepares the search, which is a bundle of its own and loads on first use. */
export function registerCodebase(subscriptions: DisposableStore, ports: CodebasePorts): CodebaseFeature {
  const actions = lazily(async () => {
    const { CodebaseActions } = await import('./codebaseActions');
    return subscriptions.add(new CodebaseActions(ports));
  });
  return {
    commands: {
      'parley.deleteCodebaseIndex': async () => {
        await (await actions()).deleteIndex();
      },
      'parley.forgetCodebaseChoice': async () => {
        await (await actions()).forgetChoice();
      },
    },
    search: async (question, scope) => await (await actions()).search(question, scope),
  };
}
