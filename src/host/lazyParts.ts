import type { DisposableStore } from '../shared/kit/disposable';
import type { AccessibilityHelp } from './welcome/accessibilityHelp';
import type { EditActions, EditPorts } from './edits/editActions';
import type { ContextActions, ContextPorts } from './context/contextActions';
import type { FailureRemedies, RemedyPorts } from './setup/failureRemedies';
import type { CheckupPorts, GatewayCheckup } from './setup/gatewayCheckup';
import type { GatewaySetup, SetupPorts } from './setup/gatewaySetup';
import type { HistoryActions, HistoryPorts } from './history/historyActions';
import type { HousekeepingPorts } from './storage/keepHouse';
import type { MediaActions, MediaPorts } from './media/mediaActions';
import type { ModelPicker, ModelPickerPorts } from './models/modelPicker';
import { once } from './ui/once';

/** What the parts need of the rest. */
type LazyPartPorts = CheckupPorts &
  EditPorts &
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
  readonly code: () => Promise<EditActions>;
  readonly context: () => Promise<ContextActions>;
  readonly history: () => Promise<HistoryActions>;
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
    const { GatewaySetup: Loaded } = await import('./setup/gatewaySetup');
    return new Loaded(ports);
  });
  const modelPicker = once(async () => {
    const { ModelPicker: Loaded } = await import('./models/modelPicker');
    return new Loaded({ ...ports, addGateway: async () => await (await setup()).add(null) });
  });
  return {
    setup,
    modelPicker,
    remedies: once(async () => {
      const { FailureRemedies: Loaded } = await import('./setup/failureRemedies');
      return new Loaded({ ...ports, setup, modelPicker });
    }),
    media: once(async () => {
      const { MediaActions: Loaded } = await import('./media/mediaActions');
      return new Loaded(ports);
    }),
    accessibilityHelp: once(async () => {
      const { AccessibilityHelp: Loaded } = await import('./welcome/accessibilityHelp');
      return subscriptions.add(new Loaded());
    }),
    checkup: once(async () => {
      const { GatewayCheckup: Loaded } = await import('./setup/gatewayCheckup');
      return subscriptions.add(new Loaded(ports));
    }),
    code: once(async () => {
      const { EditActions: Loaded } = await import('./edits/editActions');
      return subscriptions.add(new Loaded(ports));
    }),
    context: once(async () => {
      const { ContextActions: Loaded } = await import('./context/contextActions');
      return subscriptions.add(new Loaded(ports));
    }),
    housekeeping: once(async () => {
      const { keepHouse } = await import('./storage/keepHouse');
      await keepHouse(ports);
    }),
    history: once(async () => {
      const { HistoryActions: Loaded } = await import('./history/historyActions');
      return subscriptions.add(new Loaded(ports));
    }),
  };
}
