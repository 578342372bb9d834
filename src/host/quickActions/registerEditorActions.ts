import type { CommandTable } from '../contributions/commandIds';
import type { DisposableStore } from '../../shared/kit/disposable';
import { lazily } from '../../shared/kit/lazyPart';
import type { EditorAction, EditorActionPorts } from './editorActions';

/** Prepares the edits in editors, which are a bundle of its own and load on first use. */
export function registerEditorActions(
  subscriptions: DisposableStore,
  ports: EditorActionPorts,
): { readonly commands: Pick<CommandTable, `parley.${EditorAction}`> } {
  const actions = lazily(async () => {
    const { EditorActions } = await import('./editorActions');
    return subscriptions.add(new EditorActions(ports));
  });
  const run =
    (action: EditorAction) =>
    async (...parameters: readonly unknown[]): Promise<void> => {
      await (await actions()).run(action, parameters);
    };
  return {
    commands: {
      'parley.inlineEdit': run('inlineEdit'),
      'parley.stopInlineEdit': run('stopInlineEdit'),
      'parley.fixProblems': run('fixProblems'),
      'parley.writeTests': run('writeTests'),
      'parley.document': run('document'),
      'parley.refactor': run('refactor'),
    },
  };
}
