import * as vscode from 'vscode';
import { kindOf, type ModelKind } from '../../core/models/modelKind';
import type { ModelReference } from '../../shared/conversation/modelReference';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import type { ModelCatalogue } from '../models/modelCatalogue';
import { askInput } from '../ui/askInput';
import { chosenRow, showPicker } from '../ui/showPicker';

/** What the picker needs of the host. */
export interface KindPickerPorts {
  readonly gateways: Pick<GatewayRegistry, 'ready'>;
  readonly catalogue: Pick<ModelCatalogue, 'remembered' | 'fetch' | 'nameOf'>;
}

interface KindItem extends vscode.QuickPickItem {
  readonly model?: ModelReference;
  readonly typesId?: true;
}

interface KindQuestion {
  readonly kind: ModelKind;
  readonly title: string;
  /** Said in place of models if no gateway lists one. */
  readonly none: string;
  /** An example of an id. */
  readonly example: string;
  /** This model has the check mark. */
  readonly current: ModelReference | undefined;
}

/**
 * Asks for a model of one kind, of all ready gateways. A model that no list has can be entered by its id.
 *
 * @returns undefined if the user cancels.
 */
export async function pickModelOfKind(
  { gateways, catalogue }: KindPickerPorts,
  question: KindQuestion,
): Promise<ModelReference | undefined> {
  const ready = await gateways.ready();
  const picked = await showPicker<KindItem, KindItem>(({ picker, subscriptions, answer, isOpen }) => {
    picker.title = question.title;
    picker.matchOnDescription = true;
    const show = (isComplete: boolean): void => {
      const active = picker.activeItems[0]?.label;
      const items = ready.flatMap((gateway) => itemsOf(gateway, catalogue, question));
      const typed: KindItem = {
        label: `$(edit) ${vscode.l10n.t('Enter Model ID…')}`,
        ...(items.length === 0 && isComplete && { detail: question.none }),
        alwaysShow: true,
        typesId: true,
      };
      picker.items = [...items, typed];
      const same = picker.items.find(({ label }) => label === active);
      if (same !== undefined) picker.activeItems = [same];
    };
    show(false);
    picker.busy = true;
    void Promise.allSettled(ready.map((gateway) => catalogue.fetch(gateway))).then(() => {
      if (!isOpen()) return;
      show(true);
      picker.busy = false;
    });
    subscriptions.add(
      picker.onDidAccept(() => {
        answer(chosenRow(picker));
      }),
    );
  });
  if (picked?.typesId !== true) return picked?.model;
  const gateway = await pickGateway(ready);
  if (gateway === undefined) return undefined;
  const modelId = await askInput({
    title: vscode.l10n.t('Model at {0}', gateway.name),
    prompt: vscode.l10n.t("The model's ID, exactly as in the gateway's documentation"),
    placeholder: question.example,
    validate: (value) => (value === '' ? vscode.l10n.t('Enter an ID.') : undefined),
  });
  return modelId === undefined ? undefined : { gatewayId: gateway.id, modelId };
}

function itemsOf(
  gateway: KnownGateway,
  catalogue: KindPickerPorts['catalogue'],
  { kind, current }: KindQuestion,
): readonly KindItem[] {
  return catalogue
    .remembered(gateway)
    .filter((model) => kindOf(model) === kind)
    .map(({ id }) => {
      const isCurrent = current?.gatewayId === gateway.id && current.modelId === id;
      return {
        label: `${isCurrent ? '$(check) ' : ''}${catalogue.nameOf(gateway, id).replaceAll('$(', '$ (')}`,
        description: gateway.name,
        model: { gatewayId: gateway.id, modelId: id },
      };
    });
}

async function pickGateway(ready: readonly KnownGateway[]): Promise<KnownGateway | undefined> {
  if (ready.length < 2) return ready[0];
  const items = ready.map((gateway) => ({ label: gateway.name, gateway }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Select the gateway') }))
    ?.gateway;
}
