import { Emitter } from '../../shared/kit/emitter';
import type { House } from '../contributions/house';
import { LazyInstructions } from './lazyInstructions';

/** The workspace's own instructions for models. */
export interface InstructionFeature {
  readonly instructions: LazyInstructions;
  /** Fires when the chips or the instructions may have changed. */
  readonly instructionsChanged: Emitter<void>;
}

/** Prepares the instructions of the workspace. No file is read before something asks for them. */
export function registerInstructions(
  house: House,
  settings: { readonly instructionFiles: () => boolean },
): InstructionFeature {
  const { log, workspaceState, subscriptions } = house;
  const instructionsChanged = new Emitter<void>(house.warnOfFailure('Showing the instructions'));
  const instructions = new LazyInstructions(
    { wanted: () => settings.instructionFiles(), memory: workspaceState, log },
    subscriptions,
    () => {
      instructionsChanged.fire();
    },
  );
  return { instructions, instructionsChanged };
}
