import type { IntentTable } from '../contributions/intents';
import type { Memory } from '../memory/storedValue';
import { lazily } from '../../shared/kit/lazyPart';
import { AppliedCode } from './appliedCode';
import type { EditPorts } from './editActions';

/** Moving code from answers to files and terminals. */
export interface EditFeature {
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
export function registerEdits(memory: Memory, ports: Omit<EditPorts, 'applied'>): EditFeature {
  const applied = new AppliedCode(memory, ports.log);
  const actions = lazily(async () => {
    const { EditActions } = await import('./editActions');
    return new EditActions({ ...ports, applied });
  });
  return {
    applied,
    intents: {
      'insert-code': async (body) => (await actions()).insert(body),
      'apply-code': async (body) => (await actions()).apply(body),
      'apply-all': async (body) => (await actions()).applyAll(body),
      'new-file': async (body) => (await actions()).createFile(body),
      'run-in-terminal': async (body) => (await actions()).runInTerminal(body),
    },
  };
}
