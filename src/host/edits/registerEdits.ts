import type { CommandTable } from '../contributions/commandIds';
import type { IntentTable } from '../contributions/intents';
import type { DisposableStore } from '../../shared/kit/disposable';
import { lazily } from '../ui/lazyPart';
import type { EditPorts } from './editActions';

/** Moving code from answers to files and terminals. */
interface EditFeature {
  readonly commands: Pick<CommandTable, 'parley.acceptChange' | 'parley.discardChange'>;
  readonly intents: Pick<IntentTable, 'insert-code' | 'apply-code' | 'new-file' | 'run-in-terminal'>;
}

/** Prepares the actions of code blocks, which are a bundle of their own and load on first use. */
export function registerEdits(subscriptions: DisposableStore, ports: EditPorts): EditFeature {
  const actions = lazily(async () => {
    const { EditActions } = await import('./editActions');
    return subscriptions.add(new EditActions(ports));
  });
  return {
    commands: {
      'parley.acceptChange': async () => {
        await (await actions()).accept();
      },
      'parley.discardChange': async () => {
        await (await actions()).discard();
      },
    },
    intents: {
      'insert-code': async (body) => (await actions()).insert(body),
      'apply-code': async (body) => (await actions()).apply(body),
      'new-file': async (body) => (await actions()).createFile(body),
      'run-in-terminal': async (body) => (await actions()).runInTerminal(body),
    },
  };
}
