import type { DisposableStore } from '../shared/disposable';
import type { AccessibilityHelp } from './accessibilityHelp';
import type { CodeIntents, CodePorts } from './code/codeIntents';
import type { ContextIntents, ContextPorts } from './context/contextIntents';
import type { FailureRemedies, RemedyPorts } from './failureRemedies';
import type { CheckupPorts, GatewayCheckup } from './gatewayCheckup';
import type { GatewaySetup, SetupPorts } from './gatewaySetup';
import type { HistoryIntents, HistoryPorts } from './history/historyIntents';
import type { HousekeepingPorts } from './housekeeping';
import type { MediaActions, MediaPorts } from './mediaActions';
import type { ModelPicker, ModelPickerPorts } from './modelPicker';
import { once } from './once';

/** What the parts need of the rest. */
export type LazyPartPorts = CheckupPorts &
  CodePorts &
  ContextPorts &
  HistoryPorts &
  HousekeepingPorts &
  SetupPorts &
  MediaPorts &
  Omit<ModelPickerPorts, 'addGateway'> &
  Omit<RemedyPorts, 'setup' | 'modelPicker'>;

/** Parts that are bundles of their own: each is loaded and made with its first use. They reject when the file cannot be read. */
export interface LazyParts {
  readonly accessibilityHelp: () => Promise<AccessibilityHelp>;
  readonly checkup: () => Promise<GatewayCheckup>;
  readonly code: () => Promise<CodeIntents>;
  readonly context: () => Promise<ContextIntents>;
  readonly history: () => Promise<HistoryIntents>;
  /** Done once, after the panel is shown. */
  readonly housekeeping: () => Promise<void>;
  readonly setup: () => Promise<GatewaySetup>;
  readonly modelPicker: () => Promise<ModelPicker>;
  readonly remedies: () => Promise<FailureRemedies>;
  readonly media: () => Promise<MediaActions>;
}

/** @param subscriptions Closes what was made. */
export function createLazyParts(ports: LazyPartPorts, subscriptions: DisposableStore): LazyParts {
  const setup = once(async () => {
    const { GatewaySetup: Loaded } = await import('./gatewaySetup');
    return new Loaded(ports);
  });
  const modelPicker = once(async () => {
    const { ModelPicker: Loaded } = await import('./modelPicker');
    return new Loaded({ ...ports, addGateway: async () => await (await setup()).add(null) });
  });
  return {
    setup,
    modelPicker,
    remedies: once(async () => {
      const { FailureRemedies: Loaded } = await import('./failureRemedies');
      return new Loaded({ ...ports, setup, modelPicker });
    }),
    media: once(async () => {
      const { MediaActions: Loaded } = await import('./mediaActions');
      return new Loaded(ports);
    }),
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
    housekeeping: once(async () => {
      const { keepHouse } = await import('./housekeeping');
      await keepHouse(ports);
    }),
    history: once(async () => {
      const { HistoryIntents: Loaded } = await import('./history/historyIntents');
      return subscriptions.add(new Loaded(ports));
    }),
  };
}
