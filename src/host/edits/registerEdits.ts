import type { IntentTable } from '../contributions/intents';
import type { Memory } from '../memory/storedValue';
import { perPanel } from '../contributions/perPanel';
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
export function registerEdits(memory: Memory, ports: Omit<EditPorts, 'applied' | 'sessions'>): EditFeature {
  const applied = new AppliedCode(memory, ports.log);
  const actions = perPanel(async ({ sessions }) => {
    const { EditActions } = await import('./editActions');
    return new EditActions({ ...ports, applied, sessions });
  });
  return {
    applied,
    intents: {
      'insert-code': async (body, panel) => (await actions(panel)).insert(body),
      'apply-code': async (body, panel) => (await actions(panel)).apply(body),
      'apply-all': async (body, panel) => (await actions(panel)).applyAll(body),
      'new-file': async (body, panel) => (await actions(panel)).createFile(body),
      'run-in-terminal': async (body, panel) => (await actions(panel)).runInTerminal(body),
    },
  };
}
