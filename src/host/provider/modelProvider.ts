import { createHash } from 'node:crypto';
import { EventEmitter, env, l10n, lm, type ExtensionContext } from 'vscode';
import type {
  CancellationToken,
  LanguageModelChatInformation,
  LanguageModelChatProvider,
  LanguageModelChatRequestMessage,
  LanguageModelResponsePart,
  Memento,
  PrepareLanguageModelChatModelOptions,
  Progress,
  ProvideLanguageModelChatResponseOptions,
} from 'vscode';
import { estimateTokens } from '../../core/provider/estimateTokens';
import type { OfferedModel } from '../../core/provider/offeredModel';
import { userValue } from '../settings/userValue';
import { shownModelKey } from '../models/shownModel';
import { vendor } from './vendor';

/** The key of the list in VS Code's global state. */
const memoryKey = 'offeredModels';

/** Tokens of a picture. Models differ by a factor of more than ten. */
const tokensOfPicture = 800;

/** The list as it is stored. */
interface StoredOffer {
  /** Changes with everything that makes the list wrong while no window has Parley loaded. */
  readonly version: string;
  readonly models: readonly OfferedModel[];
}

/** The part that loads with the first use. */
interface LoadedProvider {
  /** Offers the models that are known now. */
  updateOffer(): Promise<unknown>;
  /** Reads the lists of all gateways, which may ask the user. */
  addModels(): Promise<void>;
  /** Answers a request to the model with this id. */
  answer(
    modelId: string,
    ...request: [
      messages: readonly LanguageModelChatRequestMessage[],
      options: ProvideLanguageModelChatResponseOptions,
      progress: Progress<LanguageModelResponsePart>,
      token: CancellationToken,
    ]
  ): Promise<void>;
}

/**
 * Offers Parley's models to VS Code and other extensions. VS Code asks for the list at the start of each window; the answer is the
 * list of the last time, so that nothing is loaded and nothing is read. The first question to a model loads the rest.
 */
export class ModelProvider implements LanguageModelChatProvider {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeLanguageModelChatInformation = this.changed.event;
  private readonly memory: Memento;
  private readonly release: string;

  constructor(
    { globalState, extension }: Pick<ExtensionContext, 'globalState' | 'extension'>,
    private readonly load: () => Promise<LoadedProvider>,
  ) {
    this.memory = globalState;
    this.release = String((extension.packageJSON as { version?: unknown }).version);
  }

  /** Registers the provider, unless this VS Code has no such API. */
  register(subscriptions: ExtensionContext['subscriptions']): void {
    const api = lm as Partial<typeof lm> | undefined;
    if (api?.registerLanguageModelChatProvider === undefined) return;
    subscriptions.push(api.registerLanguageModelChatProvider(vendor, this), this.changed);
    // Without this, VS Code asks for the list only when the user manages models.
    this.changed.fire();
  }

  /** True if the list is of another version of Parley, of the settings or of VS Code's language, or if it does not exist. */
  get isOutdated(): boolean {
    return this.stored()?.version !== this.version();
  }

  /** True if VS Code gets any models. */
  get hasModels(): boolean {
    return (this.stored()?.models.length ?? 0) > 0;
  }

  /** Replaces the list. */
  async offer(models: readonly OfferedModel[]): Promise<void> {
    const offer: StoredOffer = { version: this.version(), models };
    if (JSON.stringify(offer) === JSON.stringify(this.stored())) return;
    await this.memory.update(memoryKey, offer);
    this.changed.fire();
  }

  async provideLanguageModelChatInformation({
    silent,
  }: PrepareLanguageModelChatModelOptions): Promise<LanguageModelChatInformation[]> {
    if (!silent) await (await this.load()).addModels();
    // An outdated list is better than no list until the new one has come. Where Parley was never used, no list exists.
    if (silent && this.isOutdated && this.memory.get(shownModelKey) !== undefined)
      void this.load()
        .then(async (chat) => {
          await chat.updateOffer();
        })
        // Whoever needs the part next gets the error.
        .catch(() => undefined);
    return this.stored()?.models.map(informationOf) ?? [];
  }

  async provideLanguageModelChatResponse(
    model: LanguageModelChatInformation,
    messages: readonly LanguageModelChatRequestMessage[],
    options: ProvideLanguageModelChatResponseOptions,
    progress: Progress<LanguageModelResponsePart>,
    token: CancellationToken,
  ): Promise<void> {
    await (await this.load()).answer(model.id, messages, options, progress, token);
  }

  provideTokenCount(_model: unknown, text: string | LanguageModelChatRequestMessage): Promise<number> {
    return Promise.resolve(
      typeof text === 'string'
        ? estimateTokens(text)
        : text.content.reduce<number>((sum, part) => sum + tokensOfPart(part), 4),
    );
  }

  private stored(): StoredOffer | undefined {
    const stored = this.memory.get<Partial<StoredOffer>>(memoryKey);
    return stored?.version === undefined || !Array.isArray(stored.models)
      ? undefined
      : { version: stored.version, models: stored.models };
  }

  private version(): string {
    const gateways = createHash('sha256').update(JSON.stringify(userValue('gateways') ?? null));
    return `${this.release} ${env.language} ${gateways.digest('base64')}`;
  }
}

/** Fields that VS Code reads although its stable types lack them. */
interface Information extends LanguageModelChatInformation {
  /** Without it, older versions of VS Code leave the model out of the picker. */
  readonly isUserSelectable: true;
  /** Choices beside the picker. They come back as `modelConfiguration` with each request. */
  readonly configurationSchema?: object;
}

function informationOf(model: OfferedModel): Information {
  const { id, name, family, gatewayName, about, maxInput, maxOutput, tools, pictures, efforts } = model;
  return {
    id,
    name,
    family,
    version: '1',
    detail: gatewayName,
    tooltip: about,
    maxInputTokens: maxInput,
    maxOutputTokens: maxOutput,
    capabilities: { toolCalling: tools, imageInput: pictures },
    isUserSelectable: true,
    ...(efforts !== undefined && { configurationSchema: effortSchema(efforts) }),
  };
}

function effortSchema(efforts: readonly string[]): object {
  const names = new Map([
    ['none', l10n.t('Off')],
    ['low', l10n.t('Low')],
    ['medium', l10n.t('Medium')],
    ['high', l10n.t('High')],
  ]);
  const reasoningEffort = {
    type: 'string',
    title: l10n.t('Effort'),
    enum: ['default', ...efforts],
    enumItemLabels: [l10n.t('Default'), ...efforts.map((effort) => names.get(effort) ?? effort)],
    default: 'default',
    group: 'navigation',
  };
  return { properties: { reasoningEffort } };
}

function tokensOfPart(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  if ('value' in part && typeof part.value === 'string') return estimateTokens(part.value);
  return 'data' in part ? tokensOfPicture : estimateTokens(JSON.stringify(part));
}
