import * as vscode from 'vscode';
import { modelName } from '../../core/models/modelName';
import { isChatModel } from '../../core/models/chooseChatModel';
import { shownAddress, type ModelDescription } from '../../core/models/gateway';
import { showPicker } from '../ui/showPicker';
import { explainFailure } from '../../shared/failure/explainFailure';
import { isSameModel, type ModelReference } from '../../shared/conversation/modelReference';
import type { ModelCatalogue } from './modelCatalogue';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import type { ModelChoice } from './modelChoice';
import { pickSeveralModels } from './pickSeveralModels';

/** A row of the model picker. */
export interface ModelItem extends vscode.QuickPickItem {
  /** What the row does when it is picked. Separators and notes have none. */
  readonly choice?: ModelReference | 'type-id' | 'add-gateway';
}

/** A picked row, and the text in the search field. */
interface Picked {
  readonly choice: NonNullable<ModelItem['choice']>;
  readonly typed: string;
}

/** What `ModelPicker` needs. */
export interface ModelPickerPorts {
  readonly gateways: GatewayRegistry;
  readonly catalogue: ModelCatalogue;
  readonly choice: ModelChoice;
  /** Lets the user add a gateway. Resolves to true if a gateway is ready for prompts. */
  readonly addGateway: () => Promise<boolean>;
}

/** Lets the user search the models of all ready gateways. The lists are refreshed while the picker is open. */
export class ModelPicker {
  constructor(private readonly ports: ModelPickerPorts) {}

  /**
   * Lets the user choose the model for the next prompts.
   *
   * @returns true if a model was chosen.
   */
  async pick(): Promise<boolean> {
    const ready = await this.ports.gateways.ready();
    if (ready.length === 0) return await this.ports.addGateway();
    const answer = await this.askOne(ready, vscode.l10n.t('Select Model'));
    if (answer === 'add-gateway') return await this.ports.addGateway();
    if (answer === undefined) return false;
    await this.ports.choice.select(answer);
    return true;
  }

  /**
   * Asks for a model without changing the current choice.
   *
   * @returns undefined if the user cancels.
   */
  async ask(title: string): Promise<ModelReference | undefined> {
    const ready = await this.ports.gateways.ready();
    if (ready.length === 0) {
      await this.ports.addGateway();
      return undefined;
    }
    const answer = await this.askOne(ready, title);
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
    const notes = new Map<string, string>();
    return await pickSeveralModels(
      {
        items: () => this.items(ready, notes).filter(isModel),
        refresh: (onChange) => this.refreshLists(ready, notes, onChange),
      },
      first,
    );
  }

  /**
   * Fetches the lists of all gateways, and calls `onChange` when the rows change. Never rejects.
   *
   * @param notes Gets a sentence for each gateway whose list cannot be fetched or has no chat model, by gateway id.
   */
  private async refreshLists(
    ready: readonly KnownGateway[],
    notes: Map<string, string>,
    onChange: () => void,
  ): Promise<void> {
    await Promise.all(
      ready.map(async (gateway) => {
        const before = this.ports.catalogue.remembered(gateway);
        const { models, failure } = await this.ports.catalogue.fetch(gateway);
        if (failure !== undefined) notes.set(gateway.id, explainFailure(failure, vscode.l10n.t).sentence);
        else if (!models.some(isChatModel))
          notes.set(gateway.id, vscode.l10n.t('{0} lists no chat models.', gateway.name));
        // Thousands of rows are built again only if the list has changed.
        if (notes.has(gateway.id) || this.ports.catalogue.remembered(gateway) !== before) onChange();
      }),
    );
  }

  private async askOne(
    ready: readonly KnownGateway[],
    title: string,
  ): Promise<ModelReference | 'add-gateway' | undefined> {
    const answer = await this.show(ready, title);
    return answer?.choice === 'type-id' ? await typeModelId(ready, answer.typed) : answer?.choice;
  }

  private async show(ready: readonly KnownGateway[], title: string): Promise<Picked | undefined> {
    return await showPicker<ModelItem, Picked>(({ picker, subscriptions, answer, isOpen }) => {
      picker.title = title;
      picker.placeholder = vscode.l10n.t('Search models of {0}', ready.map(({ name }) => name).join(', '));
      picker.matchOnDescription = true;
      const notes = new Map<string, string>();
      const show = (): void => {
        const active = picker.activeItems[0]?.choice;
        const items = this.items(ready, notes);
        picker.keepScrollPosition = true;
        picker.items = items;
        const marked = items.find(
          ({ choice }) =>
            typeof choice === 'object' &&
            isSameModel(choice, typeof active === 'object' ? active : this.ports.choice.current()),
        );
        if (marked !== undefined) picker.activeItems = [marked];
      };
      show();
      picker.busy = true;
      const refreshed = this.refreshLists(ready, notes, () => {
        if (isOpen()) show();
      });
      void refreshed.then(() => {
        if (isOpen()) picker.busy = false;
      });
      subscriptions.add(
        picker.onDidAccept(() => {
          const choice = picker.selectedItems[0]?.choice;
          // The row is only a note.
          if (choice === undefined && picker.selectedItems.length > 0) return;
          answer(choice === undefined ? undefined : { choice, typed: picker.value.trim() });
        }),
      );
    });
  }

  private items(ready: readonly KnownGateway[], notes: ReadonlyMap<string, string>): ModelItem[] {
    const current = this.ports.choice.current();
    const recent = this.ports.choice
      .recent()
      .filter((model) => ready.some(({ id }) => id === model.gatewayId));
    const items: ModelItem[] = [];
    if (recent.length > 0) items.push(separator(vscode.l10n.t('Recent')));
    for (const model of recent) {
      const gateway = ready.find(({ id }) => id === model.gatewayId);
      if (gateway === undefined) continue;
      const known = this.ports.catalogue.find(gateway, model.modelId) ?? { id: model.modelId };
      items.push(modelItem(gateway, known, current, gateway.name));
    }
    for (const gateway of ready) {
      const models = this.ports.catalogue
        .remembered(gateway)
        .filter(
          (model) =>
            isChatModel(model) &&
            !recent.some((other) => isSameModel(other, { gatewayId: gateway.id, modelId: model.id })),
        );
      if (models.length > 0) items.push(separator(gateway.name));
      items.push(...models.map((model) => modelItem(gateway, model, current, undefined)));
    }
    // Notes come last: they are added while the list is open, and no row may move under the pointer.
    for (const gateway of ready) {
      const note = notes.get(gateway.id);
      if (note === undefined) continue;
      items.push(separator(gateway.name), { label: `$(warning) ${note}`, alwaysShow: true });
    }
    items.push(
      separator(''),
      { label: `$(add) ${vscode.l10n.t('Add Gateway…')}`, choice: 'add-gateway', alwaysShow: true },
      { label: `$(edit) ${vscode.l10n.t('Enter a Model ID…')}`, choice: 'type-id', alwaysShow: true },
    );
    return items;
  }
}

/** False for a row with another action than choosing a model. */
function isModel(item: ModelItem): boolean {
  return typeof item.choice !== 'string';
}

function separator(label: string): ModelItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function modelItem(
  gateway: KnownGateway,
  model: ModelDescription,
  current: ModelReference | undefined,
  gatewayName: string | undefined,
): ModelItem {
  const choice = { gatewayId: gateway.id, modelId: model.id };
  const name = modelName(model.id, model.name);
  const notes = [
    isSameModel(choice, current) ? vscode.l10n.t('current') : undefined,
    name === model.id ? undefined : model.id,
    gatewayName,
    model.contextWindow === undefined
      ? undefined
      : vscode.l10n.t('{0}k tokens', Math.round(model.contextWindow / 1000)),
    model.loaded === true ? vscode.l10n.t('loaded') : undefined,
  ];
  return {
    label: name,
    description: notes.filter((note) => note !== undefined).join(' · '),
    choice,
  };
}

/** Asks for a model id, and for the gateway if there are several. Undefined if the user cancels. */
async function typeModelId(
  ready: readonly KnownGateway[],
  typed: string,
): Promise<ModelReference | undefined> {
  const gateway = ready.length === 1 ? ready[0] : await pickGateway(ready);
  if (gateway === undefined) return undefined;
  const modelId = await vscode.window.showInputBox({
    title: vscode.l10n.t('Model at {0}', gateway.name),
    prompt: vscode.l10n.t("The model's ID, exactly as in the gateway's documentation"),
    placeHolder: gateway.models[0]?.id ?? 'gpt-5',
    value: typed,
  });
  const trimmed = modelId?.trim() ?? '';
  return trimmed === '' ? undefined : { gatewayId: gateway.id, modelId: trimmed };
}

async function pickGateway(ready: readonly KnownGateway[]): Promise<KnownGateway | undefined> {
  const items = ready.map((gateway) => ({
    label: gateway.name,
    description: shownAddress(gateway.baseUrl),
    gateway,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Select the gateway') }))
    ?.gateway;
}
