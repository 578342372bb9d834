import * as v from 'valibot';
import type { Log } from '../../core/ports/log';
import { chatParametersSchema } from '../../shared/conversation/chatParameters';
import { Emitter } from '../../shared/kit/emitter';
import { StoredValue, type Memory } from '../memory/storedValue';

/** Most presets that are stored. */
const mostPresets = 100;

const presetSchema = v.object({
  id: v.string(),
  name: v.string(),
  model: v.object({
    gatewayId: v.string(),
    modelId: v.string(),
    /** True if the gateway listed the model when the preset was stored. */
    listed: v.boolean(),
  }),
  parameters: chatParametersSchema,
});

/** A model and what a chat sends beside its messages, under a name. */
export type Preset = v.InferOutput<typeof presetSchema>;

/**
 * The presets of all workspaces. Every call reads what is stored, because another window may have changed it. Names are unique,
 * regardless of upper and lower case.
 */
export class Presets {
  /** Fires when this window changes the presets. */
  readonly changed: Emitter<void>;
  private readonly stored: StoredValue<readonly Preset[]>;
  private readonly deleted = new Map<string, Preset>();

  constructor(memory: Memory, log: Log) {
    this.stored = new StoredValue(memory, log, {
      key: 'presets',
      schema: v.array(presetSchema),
      fallback: [],
      name: 'the presets',
    });
    this.changed = new Emitter((error) => {
      log.error(`A listener of the presets failed: ${String(error)}`);
    });
  }

  /** All presets by name. */
  all(): readonly Preset[] {
    return this.stored.get().toSorted((left, right) => left.name.localeCompare(right.name));
  }

  /** Finds a preset; undefined for an unknown id. */
  find(id: string): Preset | undefined {
    return this.stored.get().find((preset) => preset.id === id);
  }

  /** Stores a preset. One with the same name is replaced. */
  save(preset: Omit<Preset, 'id'>): void {
    const others = this.all().filter((other) => !haveSameName(other, preset));
    if (others.length < mostPresets) this.put([...others, { ...preset, id: crypto.randomUUID() }]);
  }

  /** Renames a preset. Does nothing if another one has the name. */
  rename(id: string, name: string): void {
    const all = this.stored.get();
    if (all.some((other) => other.id !== id && haveSameName(other, { name }))) return;
    this.put(all.map((preset) => (preset.id === id ? { ...preset, name } : preset)));
  }

  /** Deletes a preset. `restore` undoes that until the window closes. */
  delete(id: string): void {
    const preset = this.find(id);
    if (preset === undefined) return;
    this.deleted.set(id, preset);
    this.put(this.stored.get().filter((other) => other.id !== id));
  }

  /** Undoes a deletion. A preset that got the same name meanwhile is replaced. */
  restore(id: string): void {
    const preset = this.deleted.get(id);
    if (preset === undefined) return;
    this.deleted.delete(id);
    this.put([...this.all().filter((other) => !haveSameName(other, preset)), preset]);
  }

  private put(presets: readonly Preset[]): void {
    this.stored.set(presets);
    this.changed.fire();
  }
}

function haveSameName(left: Pick<Preset, 'name'>, right: Pick<Preset, 'name'>): boolean {
  return left.name.toLowerCase() === right.name.toLowerCase();
}
