import * as v from 'valibot';
import * as vscode from 'vscode';
import { kindOf } from '../../core/models/modelKind';
import type { Log } from '../../core/ports/log';
import type { GatewayRegistry } from '../gateways/gatewayRegistry';
import type { Memory } from '../memory/storedValue';
import { pickModelOfKind, type KindPickerPorts } from './pickModelOfKind';
import { StoredModelChoice } from './storedModelChoice';

/** What `TranscriptionChoice` needs. */
export interface TranscriptionChoicePorts extends KindPickerPorts {
  readonly gateways: Pick<GatewayRegistry, 'ready' | 'find'>;
}

const choiceSchema = v.object({
  gatewayId: v.string(),
  modelId: v.string(),
  /** '' lets the model find out the language. */
  language: v.string(),
});

/** What sounds are transcribed with. */
export type ChosenTranscription = v.InferOutput<typeof choiceSchema>;

/** The model for transcriptions and the spoken language, as the user chose them last. */
export class TranscriptionChoice {
  private readonly stored: StoredModelChoice<ChosenTranscription>;

  constructor(
    private readonly ports: TranscriptionChoicePorts,
    memory: Memory,
    log: Log,
  ) {
    this.stored = new StoredModelChoice(
      { gateways: ports.gateways, memory, log },
      { key: 'transcription.model', name: 'the model for transcriptions', schema: choiceSchema },
    );
  }

  /** The choice; undefined if the user chose no model yet, or if its gateway is not ready. */
  async current(): Promise<ChosenTranscription | undefined> {
    return await this.stored.current();
  }

  /** True if a gateway is known to have a model for transcriptions. Asks no gateway. */
  async isKnown(): Promise<boolean> {
    const ready = await this.ports.gateways.ready();
    return ready.some((gateway) =>
      this.ports.catalogue.remembered(gateway).some((model) => kindOf(model) === 'transcription'),
    );
  }

  /** Asks for a model and remembers it. Undefined if the user cancels. */
  async ask(): Promise<ChosenTranscription | undefined> {
    const before = this.stored.last();
    const model = await pickModelOfKind(this.ports, {
      kind: 'transcription',
      title: vscode.l10n.t('Transcribe: Model'),
      none: vscode.l10n.t('No gateway lists a model that transcribes.'),
      example: 'whisper-1',
      current: before,
    });
    return model && this.keep({ ...model, language: before?.language ?? '' });
  }

  /** Remembers a choice. */
  keep(choice: ChosenTranscription): ChosenTranscription {
    return this.stored.keep(choice);
  }

  /** The name of a gateway. */
  gatewayName({ gatewayId }: ChosenTranscription): string {
    return this.ports.gateways.find(gatewayId)?.name ?? gatewayId;
  }
}
