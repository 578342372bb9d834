import { QuickPickItemKind, ThemeIcon, env, l10n, type QuickInputButton, type QuickPickItem } from 'vscode';
import { describeModelRow } from '../../core/models/describeModelRow';
import { kindOf, type ModelKind } from '../../core/models/modelKind';
import type { ListedModel } from '../../core/models/modelList';
import { isSameModel, type ModelReference } from '../../shared/conversation/modelReference';
import type { KnownGateway } from '../gateways/gatewayRegistry';
import type { ModelOffer } from './modelOffer';

/** What a row does that is not a model. */
export type RowAction =
  | { readonly kind: 'show-hidden' | 'add-gateway' | 'type-id' }
  /** Takes the typed text as the id of a model, without a gateway if the user must choose one. */
  | { readonly kind: 'use-typed'; readonly gateway: KnownGateway | undefined };

/** A row of the list of models. A separator or a note has neither a model nor an action. */
export interface ModelItem extends QuickPickItem {
  readonly model?: ModelReference;
  readonly action?: RowAction;
}

/** What determines the rows. */
interface RowsView {
  /** The text in the search field. */
  readonly query: string;
  readonly showsHidden: boolean;
  /** True where only chat models make sense at first, as for a comparison. */
  readonly isForChat?: boolean;
}

/** The rows of a picker for a query. VS Code shows them all in this order: it must not filter or sort them itself. */
export class ModelRows {
  /** Each model is one object in all lists of rows, so that VS Code's selection stays valid. */
  private readonly items = new WeakMap<ListedModel, ModelItem>();

  /** @param marked The model with a check mark. */
  constructor(
    readonly offer: ModelOffer,
    private readonly marked: ModelReference | undefined,
  ) {}

  /** The rows of models, with separators between the sections if there is no query. */
  models({ query, showsHidden, isForChat }: RowsView): readonly ModelItem[] {
    const { models } = this.offer.list.find(query, showsHidden, isForChat);
    if (query.trim() !== '') return models.map((listed) => this.item(listed));
    const items: ModelItem[] = [];
    let before = '';
    for (const listed of models) {
      const title = sectionTitle(listed);
      if (title !== before) items.push(separator(title));
      before = title;
      items.push(this.item(listed));
    }
    return items;
  }

  /** All rows of a picker of one model. */
  all(view: RowsView): readonly ModelItem[] {
    const models = this.models(view);
    const query = view.query.trim();
    return [
      ...models,
      ...this.notes(),
      ...this.hiddenRow(view),
      ...(query === '' ? [] : this.typedRows(query, models.length > 0)),
      separator(''),
      { label: `$(add) ${l10n.t('Add Gateway…')}`, action: { kind: 'add-gateway' }, alwaysShow: true },
      ...(query === ''
        ? [
            {
              label: `$(edit) ${l10n.t('Enter a Model ID…')}`,
              action: { kind: 'type-id' as const },
              alwaysShow: true,
            },
          ]
        : []),
    ];
  }

  /** Notes come after the models: they are added while the list is open, and no row may move under the pointer. */
  notes(): readonly ModelItem[] {
    return this.offer.gateways.flatMap(({ id, name }) => {
      const note = this.offer.notes.get(id);
      return note === undefined ? [] : [separator(name), { label: `$(warning) ${note}`, alwaysShow: true }];
    });
  }

  /** What the row of hidden models says; undefined if no hidden model matches. */
  hiddenLabel({
    query,
    showsHidden,
    isForChat,
  }: RowsView): { label: string; description: string } | undefined {
    const { hiddenByUser, unserved, notForChat } = this.offer.list.find(query, showsHidden, isForChat);
    const count = hiddenByUser + unserved + notForChat;
    if (count === 0) return undefined;
    const reasons = [
      hiddenByUser > 0 ? l10n.t('{0} hidden by you', hiddenByUser) : undefined,
      unserved > 0 ? l10n.t('{0} not supported by the gateway', unserved) : undefined,
      notForChat > 0 ? l10n.t('{0} not for chat', notForChat) : undefined,
    ];
    return {
      label: count === 1 ? l10n.t('Show 1 Hidden Model') : l10n.t('Show {0} Hidden Models', count),
      description: reasons.filter((reason) => reason !== undefined).join(' · '),
    };
  }

  private hiddenRow(view: RowsView): readonly ModelItem[] {
    const row = this.hiddenLabel(view);
    if (row === undefined) return [];
    const label = `$(eye) ${row.label}`;
    return [separator(''), { ...row, label, action: { kind: 'show-hidden' }, alwaysShow: true }];
  }

  /** One row for each gateway if nothing matches, otherwise one row that asks for the gateway. */
  private typedRows(query: string, hasMatches: boolean): readonly ModelItem[] {
    const { gateways, list } = this.offer;
    const others = gateways.filter(({ id }) => !list.has({ gatewayId: id, modelId: query }));
    if (others.length === 0) return [];
    const first = others.filter(({ id }) => id === this.marked?.gatewayId);
    const ordered = [...first, ...others.filter((gateway) => !first.includes(gateway))];
    const label = `$(edit) ${l10n.t('Use “{0}” as Model ID', asLabel(query))}`;
    const row = (gateway: KnownGateway | undefined): ModelItem => ({
      label,
      ...(gateway !== undefined && gateways.length > 1 && { description: gateway.name }),
      action: { kind: 'use-typed', gateway },
      alwaysShow: true,
    });
    if (ordered.length === 1) return [separator(''), row(ordered[0])];
    return [separator(''), ...(hasMatches ? [row(undefined)] : ordered.map(row))];
  }

  private item(listed: ListedModel): ModelItem {
    let item = this.items.get(listed);
    if (item === undefined) {
      item = this.build(listed);
      this.items.set(listed, item);
    }
    return item;
  }

  private build(listed: ListedModel): ModelItem {
    const { reference, model, name, gateway } = listed;
    const gatewayName = this.offer.gateways.length > 1 ? gateway.name : undefined;
    const description = describeModelRow({ model, name, gatewayName }, l10n.t, env.language);
    const mark = isSameModel(reference, this.marked) ? '$(check) ' : '';
    return {
      label: `${mark}${asLabel(name)}`,
      description: asLabel(description),
      model: reference,
      buttons: buttonsOf(listed),
      alwaysShow: true,
    };
  }
}

/** The buttons of a row. They are the same objects in all rows, so that a pressed one is recognised. */
const buttons = {
  addFavorite: rowButton('star-empty', l10n.t('Add to Favorites')),
  removeFavorite: rowButton('star-full', l10n.t('Remove from Favorites')),
  hide: rowButton('eye-closed', l10n.t('Hide Model')),
  unhide: rowButton('eye', l10n.t('Show Model')),
  useForChat: rowButton('comment', l10n.t('Use as Chat Model')),
  showKind: rowButton('eye', l10n.t('Show Models of This Kind')),
  dontUseForChat: rowButton('comment-discussion', l10n.t('Stop Using as Chat Model')),
};

/** Changes what the user has marked a model as, after a press on a button of its row. */
export function pressRowButton(offer: ModelOffer, model: ModelReference, button: QuickInputButton): void {
  if (button === buttons.addFavorite) offer.setFavorite(model, true);
  else if (button === buttons.removeFavorite) offer.setFavorite(model, false);
  else if (button === buttons.hide) offer.setHidden(model, true);
  else if (button === buttons.unhide) offer.setHidden(model, false);
  else if (button === buttons.useForChat) offer.setUsedForChat(model, true);
  else if (button === buttons.showKind) offer.showKind(model);
  else if (button === buttons.dontUseForChat) offer.setUsedForChat(model, false);
}

function buttonsOf({ section, isHidden, isUnserved, kind, model }: ListedModel): readonly QuickInputButton[] {
  const favorite = section === 'favorites' ? buttons.removeFavorite : buttons.addFavorite;
  if (isUnserved) return [favorite, buttons.useForChat, buttons.showKind];
  // A model of a kind that answers no prompts is left out by its kind.
  if (section === 'hidden' && kind !== 'chat' && !isHidden) return [favorite, buttons.useForChat];
  if (kind !== 'chat') return [favorite, buttons.useForChat, isHidden ? buttons.unhide : buttons.hide];
  const use = kindOf(model) === 'chat' ? [] : [buttons.dontUseForChat];
  return [favorite, ...use, isHidden ? buttons.unhide : buttons.hide];
}

function rowButton(icon: string, tooltip: string): QuickInputButton {
  return { iconPath: new ThemeIcon(icon), tooltip };
}

function sectionTitle({ section, gateway, isHidden, kind }: ListedModel): string {
  switch (section) {
    case 'favorites':
      return l10n.t('Favorites');
    case 'recent':
      return l10n.t('Recent');
    case 'gateway':
      return gateway.name;
    case 'generated':
      return kindTitle(kind);
    case 'hidden':
      return isHidden ? l10n.t('Hidden') : kindTitle(kind);
  }
}

function kindTitle(kind: ModelKind): string {
  switch (kind) {
    case 'chat':
      return l10n.t('Chat');
    case 'image':
      return l10n.t('Pictures');
    case 'video':
      return l10n.t('Videos');
    case 'music':
      return l10n.t('Music');
    case 'midjourney':
      return 'Midjourney';
    case 'speech':
      return l10n.t('Text to Speech');
    case 'transcription':
      return l10n.t('Speech to Text');
    case 'embedding':
      return l10n.t('Embeddings');
    case 'completion':
      return l10n.t('Completions');
    case 'rerank':
      return l10n.t('Reranking');
    case 'moderation':
      return l10n.t('Moderation');
    case 'realtime':
      return l10n.t('Realtime');
  }
}

function separator(label: string): ModelItem {
  return { label, kind: QuickPickItemKind.Separator };
}

/** Escapes a text so that VS Code shows no icon in it. */
function asLabel(text: string): string {
  return text.replaceAll('$(', String.raw`\$(`);
}
