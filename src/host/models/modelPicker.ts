import * as vscode from 'vscode';
import { shownAddress } from '../../core/models/gateway';
import type { Log } from '../../core/ports/log';
import { isSameModel, type ModelReference } from '../../shared/conversation/modelReference';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import type { Memory } from '../memory/storedValue';
import type { ModelCatalogue } from './modelCatalogue';
import type { ModelChoice } from './modelChoice';
import { EndpointMemory } from './endpointMemory';
import { ModelOffer } from './modelOffer';
import { ModelRows } from './modelRows';
import { pickOneModel } from './pickOneModel';
import { pickSeveralModels } from './pickSeveralModels';
import { StoredMarks } from './storedMarks';

/** What `ModelPicker` needs. */
export interface ModelPickerPorts {
  readonly gateways: GatewayRegistry;
  readonly catalogue: ModelCatalogue;
  readonly choice: ModelChoice;
  /** Keeps favorites and hidden models. */
  readonly memory: Memory;
  readonly log: Log;
  /** Lets the user add a gateway. Resolves to true if a gateway is ready for prompts. */
  readonly addGateway: () => Promise<boolean>;
}

/** Lets the user search the models of all ready gateways. The lists are refreshed while the picker is open. */
export class ModelPicker {
  private readonly marks: StoredMarks;
  private readonly endpoints: EndpointMemory;

  constructor(private readonly ports: ModelPickerPorts) {
    this.marks = new StoredMarks(ports.memory, ports.log);
    this.endpoints = new EndpointMemory(ports.memory, ports.log);
  }

  /**
   * Lets the user choose the model for the next prompts.
   *
   * @param other A model that the user probably does not want. Another one is active at first.
   * @returns true if a model was chosen.
   */
  async pick(other?: ModelReference): Promise<boolean> {
    const ready = await this.ports.gateways.ready();
    if (ready.length === 0) return await this.ports.addGateway();
    const answer = await this.askOne(
      ready,
      vscode.l10n.t('Select Model'),
      this.ports.choice.current(),
      other,
    );
    if (answer === 'add-gateway') return await this.ports.addGateway();
    if (answer === undefined) return false;
    await this.ports.choice.select(answer);
    return true;
  }

  /**
   * Asks for a model without changing the current choice.
   *
   * @param other As in `pick`; this model has the check mark.
   * @returns undefined if the user cancels.
   */
  async ask(title: string, other?: ModelReference): Promise<ModelReference | undefined> {
    const ready = await this.ports.gateways.ready();
    if (ready.length === 0) {
      await this.ports.addGateway();
      return undefined;
    }
    const answer = await this.askOne(ready, title, other ?? this.ports.choice.current(), other);
    if (answer !== 'add-gateway') return answer;
    return (await this.ports.addGateway()) ? this.ports.choice.current() : undefined;
  }

  /**
   * Asks for two to four models to compare.
   *
   * @param checked The models that are checked at first.
   * @returns An empty list if the user cancels.
   */
  async askSeveral(checked: readonly ModelReference[]): Promise<readonly ModelReference[]> {
    const ready = await this.ports.gateways.ready();
    if (ready.length === 0) {
      await this.ports.addGateway();
      return [];
    }
    const current = this.ports.choice.current();
    const first = checked.length > 0 ? checked : current === undefined ? [] : [current];
    return await pickSeveralModels(new ModelRows(this.offer(ready), current), first);
  }

  private async askOne(
    ready: readonly KnownGateway[],
    title: string,
    marked: ModelReference | undefined,
    other: ModelReference | undefined,
  ): Promise<ModelReference | 'add-gateway' | undefined> {
    const offer = this.offer(ready);
    const current = this.ports.choice.current();
    const rows = new ModelRows(offer, marked);
    const picked = await pickOneModel(rows, {
      title,
      first: other === undefined ? current : anotherThan(other, current, offer),
    });
    if (picked === undefined) return undefined;
    if ('model' in picked) return picked.model;
    switch (picked.action.kind) {
      case 'add-gateway':
        return 'add-gateway';
      case 'use-typed': {
        const gateway = picked.action.gateway ?? (await pickGateway(ready));
        return gateway && { gatewayId: gateway.id, modelId: picked.typed };
      }
      case 'type-id':
        return await typeModelId(ready);
      case 'show-hidden':
        return undefined;
    }
  }

  private offer(ready: readonly KnownGateway[]): ModelOffer {
    const { catalogue, choice } = this.ports;
    return new ModelOffer({ catalogue, choice, marks: this.marks, endpoints: this.endpoints }, ready);
  }
}

/** The current model if it is another one, else the first other model of the list. */
function anotherThan(
  other: ModelReference,
  current: ModelReference | undefined,
  offer: ModelOffer,
): ModelReference | undefined {
  if (current !== undefined && !isSameModel(current, other)) return current;
  return offer.list.find('', false).models.find(({ reference }) => !isSameModel(reference, other))?.reference;
}

/** Asks for a model id, and for the gateway if there are several. Undefined if the user cancels. */
async function typeModelId(ready: readonly KnownGateway[]): Promise<ModelReference | undefined> {
  const gateway = await pickGateway(ready);
  if (gateway === undefined) return undefined;
  const modelId = await vscode.window.showInputBox({
    title: vscode.l10n.t('Model at {0}', gateway.name),
    prompt: vscode.l10n.t("The model's ID, exactly as in the gateway's documentation"),
    placeHolder: gateway.models[0]?.id ?? 'gpt-5',
  });
  const trimmed = modelId?.trim() ?? '';
  return trimmed === '' ? undefined : { gatewayId: gateway.id, modelId: trimmed };
}

/** Asks for a gateway if there are several. */
async function pickGateway(ready: readonly KnownGateway[]): Promise<KnownGateway | undefined> {
  const [only, ...others] = ready;
  if (others.length === 0) return only;
  const items = ready.map((gateway) => ({
    label: gateway.name,
    description: shownAddress(gateway.baseUrl),
    gateway,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Select the gateway') }))
    ?.gateway;
}
