import type { CommandTable } from '../contributions/commandIds';
import type { IntentTable } from '../contributions/intents';
import type { DisposableStore } from '../../shared/kit/disposable';
import type { Memory } from '../memory/storedValue';
import { lazily } from '../../shared/kit/lazyPart';
import { AppliedCode } from './appliedCode';
import type { EditPorts } from './editActions';

/** Moving code from answers to files and terminals. */
export interface EditFeature {
  readonly commands: Pick<
    CommandTable,
    'parley.acceptChange' | 'parley.discardChange' | 'parley.acceptAll' | 'parley.rejectAll'
  >;
  readonly intents: Pick<
    IntentTable,
    'insert-code' | 'apply-code' | 'apply-all' | 'new-file' | 'run-in-terminal'
  >;
  readonly applied: AppliedCode;
}

/**
 * Prepares the actions of code blocks, which are a bundle of their own and load on first use.
 *
 * @param memory Where the applied blocks of the workspace are kept.
 */
export function registerEdits(
  subscriptions: DisposableStore,
  memory: Memory,
  ports: Omit<EditPorts, 'applied'>,
): EditFeature {
  const applied = new AppliedCode(memory, ports.log);
  const actions = lazily(async () => {
    const { EditActions } = await import('./editActions');
    return subscriptions.add(new EditActions({ ...ports, applied }));
  });
  return {
    applied,
    commands: {
      'parley.acceptChange': async () => {
        await (await actions()).accept();
      },
      'parley.discardChange': async () => {
        await (await actions()).discard();
      },
      'parley.acceptAll': async () => {
        await (await actions()).acceptAll();
      },
      'parley.rejectAll': async () => {
        await (await actions()).discardAll();
      },
    },
    intents: {
      'insert-code': async (body) => (await actions()).insert(body),
      'apply-code': async (body) => (await actions()).apply(body),
      'apply-all': async (body) => (await actions()).applyAll(body),
      'new-file': async (body) => (await actions()).createFile(body),
      'run-in-terminal': async (body) => (await actions()).runInTerminal(body),
    },
  };
}
