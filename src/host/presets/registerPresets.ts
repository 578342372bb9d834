import * as v from 'valibot';
import { l10n, window } from 'vscode';
import { chatParametersIn } from '../../core/models/chatParametersIn';
import { modelName } from '../../core/models/modelName';
import { parametersFor } from '../../core/models/parametersFor';
import type { Session } from '../../core/conversation/session';
import { chatParametersSchema, type ChatParameters } from '../../shared/conversation/chatParameters';
import { isSameModel } from '../../shared/conversation/modelReference';
import { Emitter } from '../../shared/kit/emitter';
import type { PanelState, PresetItem } from '../../shared/messages/toView';
import type { House } from '../contributions/house';
import type { IntentTable } from '../contributions/intents';
import type { GatewayFeature } from '../gateways/registerGateways';
import type { ModelFeature } from '../models/registerModels';
import { plainText } from '../ui/plainText';
import { Presets, type Preset } from './presets';

interface PresetNeeds {
  readonly gateways: Pick<GatewayFeature, 'gateways' | 'settings'>;
  readonly models: Pick<ModelFeature, 'catalogue' | 'choice'>;
}

/** What chats send beside their messages, and presets for that. */
export interface PresetFeature {
  /** Fires when the presets or the parameters of a chat have changed. */
  readonly presetsChanged: Emitter<void>;
  /**
   * The part of the panel's state about parameters and presets.
   *
   * @param ready Ids of the gateways that can be asked.
   */
  readonly stateOf: (ready: ReadonlySet<string>) => Pick<PanelState, 'presets' | 'settingParameters'>;
  readonly intents: Pick<
    IntentTable,
    'set-parameters' | 'save-preset' | 'choose-preset' | 'rename-preset' | 'delete-preset' | 'restore-preset'
  >;
}

/** Creates the presets. */
export function registerPresets(house: House, needs: PresetNeeds): PresetFeature {
  const { globalState, log } = house;
  const { gateways, settings } = needs.gateways;
  const { catalogue, choice } = needs.models;
  const presets = new Presets(globalState, log);
  const presetsChanged = new Emitter<void>(house.warnOfFailure('Showing the parameters'));
  presets.changed.on(() => {
    presetsChanged.fire();
  });
  const setParameters = (session: Session, parameters: ChatParameters): void => {
    session.setParameters(parameters);
    presetsChanged.fire();
  };

  const isAvailable = (
    { gatewayId, modelId, listed }: Preset['model'],
    ready: ReadonlySet<string>,
  ): boolean => {
    const gateway = ready.has(gatewayId) ? gateways.find(gatewayId) : undefined;
    // A model that its gateway never listed was typed by the user: a list says nothing about it.
    return gateway !== undefined && (!listed || catalogue.find(gateway, modelId) !== undefined);
  };
  const itemOf = ({ id, name, model, parameters }: Preset, ready: ReadonlySet<string>): PresetItem => {
    const gateway = gateways.find(model.gatewayId);
    return {
      id,
      name,
      modelName: gateway ? catalogue.nameOf(gateway, model.modelId) : modelName(model.modelId, undefined),
      available: isAvailable(model, ready),
      hasCurrentModel: isSameModel(choice.current(), model),
      parameters,
    };
  };
  const settingParameters = (): Omit<ChatParameters, 'systemText'> => {
    const model = choice.current();
    const checked = model === undefined ? undefined : parametersFor(settings.parameters(), model);
    return checked?.ok === true ? chatParametersIn(checked.parameters) : {};
  };

  return {
    presetsChanged,
    stateOf: (ready) => {
      const fromSettings = settingParameters();
      const items = presets.all().map((preset) => itemOf(preset, ready));
      return {
        ...(Object.keys(fromSettings).length > 0 && { settingParameters: fromSettings }),
        ...(items.length > 0 && { presets: items }),
      };
    },
    intents: {
      'set-parameters': ({ parameters }, { sessions }) => {
        // Checked again here, because the journal stores them.
        setParameters(sessions.current, v.parse(chatParametersSchema, parameters));
      },
      'save-preset': ({ name }, { sessions }) => {
        const model = choice.current();
        const gateway = model === undefined ? undefined : gateways.find(model.gatewayId);
        if (model === undefined || gateway === undefined) return;
        const { gatewayId, modelId } = model;
        const listed = catalogue.find(gateway, modelId) !== undefined;
        const { parameters } = sessions.current.conversation;
        presets.save({ name, model: { gatewayId, modelId, listed }, parameters });
      },
      'choose-preset': async ({ id }, { sessions }) => {
        const preset = presets.find(id);
        if (preset === undefined) return;
        setParameters(sessions.current, preset.parameters);
        const { gatewayId, modelId } = preset.model;
        const ready = new Set((await gateways.ready()).map(({ id: gateway }) => gateway));
        if (isAvailable(preset.model, ready)) await choice.select({ gatewayId, modelId });
        else sayModelIsGone(preset);
      },
      'rename-preset': ({ id, name }) => {
        presets.rename(id, name);
      },
      'delete-preset': ({ id }) => {
        presets.delete(id);
      },
      'restore-preset': ({ id }) => {
        presets.restore(id);
      },
    },
  };
}

function sayModelIsGone({ name, model }: Preset): void {
  void window.showInformationMessage(
    l10n.t(
      'The model of “{0}”, {1}, is no longer available. This chat keeps its current model.',
      plainText(name),
      plainText(modelName(model.modelId, undefined)),
    ),
  );
}
