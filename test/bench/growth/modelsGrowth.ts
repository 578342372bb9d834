import { ModelCatalogue } from '../../../src/host/models/modelCatalogue';
import { ModelPicker, type ModelPickerPorts } from '../../../src/host/models/modelPicker';
import type { Gateway, ModelDescription } from '../../../src/core/models/gateway';
import { readModelList } from '../../../src/gateway/endpoints/readModelList';
import type { Figure } from '../figure';
import { processorTime } from '../processorTime';
import { inAllSizes, measureGrowth } from './sizes';
import { shownItems } from './vscodeStandIn';

/** Models in the shortest list. */
const least = 100;

const reads = 3;
const descriptions = 300;

/** A gateway's list of models. */
interface ModelList {
  /** As the gateway sends it. */
  readonly body: string;
  readonly models: readonly ModelDescription[];
  readonly catalogue: ModelCatalogue;
  readonly picker: ModelPicker;
}

const gateway: Gateway = {
  id: 'bench',
  name: 'Bench',
  baseUrl: 'http://127.0.0.1:1/v1',
  auth: 'none',
  headers: {},
  models: [],
  extraBody: {},
};

/** What reading a list, showing it, and asking for one model of it cost with 100, 1,000 and 10,000 models. */
export async function measureModels(): Promise<Figure[]> {
  const lists = await inAllSizes(least, makeList);
  return [
    await measureGrowth({
      name: 'growth-models-read',
      unit: 'µs',
      things: lists,
      growth: 'linear',
      measure: ({ body }) => perRead(() => readModelList(JSON.parse(body))),
      floor: ({ body }) => perRead(() => JSON.parse(body) as unknown),
    }),
    await measureGrowth({
      name: 'growth-models-picker',
      unit: 'µs',
      things: lists,
      growth: 'linear',
      measure: ({ picker, models }) => costOfShowing(picker, models.length),
      // VS Code itself writes the rows as JSON to show them.
      floor: ({ models }) => processorTime(() => JSON.stringify(models.map(({ id }) => ({ label: id })))),
    }),
    await measureGrowth({
      name: 'growth-models-describe',
      unit: 'µs',
      things: lists,
      growth: 'flat',
      measure: ({ catalogue, models }) => costOfDescribing(catalogue, models.length),
    }),
  ];
}

async function makeList(size: number): Promise<ModelList> {
  const body = JSON.stringify({
    object: 'list',
    data: Array.from({ length: size }, (_, index) => modelOf(index)),
  });
  const models = readModelList(JSON.parse(body)) ?? [];
  const memory = new Map<string, unknown>();
  const catalogue = new ModelCatalogue(
    {
      ask: () => {
        throw new Error('Nobody asks here.');
      },
      listModels: () => Promise.resolve({ models }),
    },
    {
      keys: () => [...memory.keys()],
      get: (key: string) => memory.get(key),
      update: (key: string, value: unknown) => {
        memory.set(key, value);
        return Promise.resolve();
      },
    } as ConstructorParameters<typeof ModelCatalogue>[1],
    () => ({ connect: 1, firstToken: 1, idle: 1 }),
    Date.now,
  );
  await catalogue.fetch(gateway);
  const known = { ...gateway, preset: undefined, configured: true };
  const recent = Array.from({ length: 8 }, (_, index) => ({ gatewayId: 'bench', modelId: idOf(index * 10) }));
  const picker = new ModelPicker({
    gateways: { ready: () => Promise.resolve([known]) } as unknown as ModelPickerPorts['gateways'],
    catalogue,
    choice: {
      current: () => recent[0],
      recentOrDefault: () => recent,
    } as unknown as ModelPickerPorts['choice'],
    memory: { get: () => undefined, update: () => Promise.resolve() },
    log: { info: ignore, warn: ignore, error: ignore },
    addGateway: () => Promise.resolve(false),
  });
  return { body, models, catalogue, picker };
}

/** About 600 bytes, as large gateways tell of a model. */
function modelOf(index: number): object {
  return {
    id: idOf(index),
    object: 'model',
    created: 1_790_000_000 + index,
    name: `Maker ${index % 40}: Chat ${index}`,
    description:
      'A model for long conversations and code, with a large window and fast first tokens. '.repeat(3),
    context_length: 128_000,
    architecture: {
      modality: 'text+image->text',
      input_modalities: ['text', 'image'],
      output_modalities: ['text'],
    },
    pricing: { prompt: '0.000001', completion: '0.000004', request: '0', image: '0' },
    top_provider: { context_length: 128_000, max_completion_tokens: 16_384, is_moderated: false },
    supported_parameters: ['max_tokens', 'temperature', 'top_p', 'tools', 'tool_choice', 'stop', 'seed'],
  };
}

function idOf(index: number): string {
  return `maker-${index % 40}/chat-${index}`;
}

async function perRead(read: () => unknown): Promise<number> {
  const time = await processorTime(() => {
    for (let count = 0; count < reads; count += 1) if (read() === undefined) throw new Error('No list.');
  });
  return time / reads;
}

/** Opening the picker and closing it again. */
async function costOfShowing(picker: ModelPicker, expected: number): Promise<number> {
  const time = await processorTime(() => picker.ask('Select Model'));
  if (shownItems() < expected) throw new Error(`The picker shows ${shownItems()} of ${expected} models.`);
  return time;
}

/** What each refresh of the panel asks: what is known of the chosen model. */
async function costOfDescribing(catalogue: ModelCatalogue, size: number): Promise<number> {
  const id = idOf(Math.floor(size / 2));
  const time = await processorTime(() => {
    for (let count = 0; count < descriptions; count += 1) {
      if (catalogue.describe(gateway, id).contextWindow === undefined) throw new Error(`${id} is not known.`);
    }
  });
  return time / descriptions;
}

function ignore(): void {
  // Nothing is logged here.
}
