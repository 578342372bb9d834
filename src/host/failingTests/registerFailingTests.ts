import type { DisposableStore } from '../../shared/kit/disposable';
import { lazily } from '../../shared/kit/lazyPart';
import type { CommandTable } from '../contributions/commandIds';
import type { FailingTestPorts } from './failingTests';

/** Prepares the fixing of failing tests, which is a bundle of its own and loads on first use. */
export function registerFailingTests(
  subscriptions: DisposableStore,
  ports: FailingTestPorts,
): { readonly commands: Pick<CommandTable, 'parley.fixFailingTest'> } {
  const tests = lazily(async () => {
    const { FailingTests } = await import('./failingTests');
    return subscriptions.add(new FailingTests(ports));
  });
  return {
    commands: { 'parley.fixFailingTest': async (clicked) => (await tests()).fix(clicked) },
  };
}
