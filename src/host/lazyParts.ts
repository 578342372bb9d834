import type { DisposableStore } from '../shared/disposable';
import type { AccessibilityHelp } from './accessibilityHelp';
import type { CodeIntents, CodePorts } from './code/codeIntents';
import type { ContextIntents, ContextPorts } from './context/contextIntents';
import type { CheckupPorts, GatewayCheckup } from './gatewayCheckup';
import type { HistoryIntents, HistoryPorts } from './history/historyIntents';
import { once } from './once';

/** What the parts need of the rest. */
export type LazyPartPorts = CheckupPorts & CodePorts & ContextPorts & HistoryPorts;

/** Parts that are bundles of their own: each is loaded and made with its first use. They reject when the file cannot be read. */
export interface LazyParts {
  readonly accessibilityHelp: () => Promise<AccessibilityHelp>;
  readonly checkup: () => Promise<GatewayCheckup>;
  readonly code: () => Promise<CodeIntents>;
  readonly context: () => Promise<ContextIntents>;
  readonly history: () => Promise<HistoryIntents>;
}

/** @param subscriptions Closes what was made. */
export function createLazyParts(ports: LazyPartPorts, subscriptions: DisposableStore): LazyParts {
  return {
    accessibilityHelp: once(async () => {
      const { AccessibilityHelp: Loaded } = await import('./accessibilityHelp');
      return subscriptions.add(new Loaded());
    }),
    checkup: once(async () => {
      const { GatewayCheckup: Loaded } = await import('./gatewayCheckup');
      return subscriptions.add(new Loaded(ports));
    }),
    code: once(async () => {
      const { CodeIntents: Loaded } = await import('./code/codeIntents');
      return subscriptions.add(new Loaded(ports));
    }),
    context: once(async () => {
      const { ContextIntents: Loaded } = await import('./context/contextIntents');
      return subscriptions.add(new Loaded(ports));
    }),
    history: once(async () => {
      const { HistoryIntents: Loaded } = await import('./history/historyIntents');
      return subscriptions.add(new Loaded(ports));
    }),
  };
}
