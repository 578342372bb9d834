import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import { usualVoices, voicesOf } from '../../core/speech/voicesOf';
import type { Memory } from '../memory/storedValue';
import { askInput } from '../ui/askInput';
import { pickModelOfKind, type KindPickerPorts } from './pickModelOfKind';
import { StoredModelChoice } from './storedModelChoice';

const voiceSchema = v.object({
  gatewayId: v.string(),
  modelId: v.string(),
  /** Null: the only voice of the model, or the gateway's own choice. */
  voice: v.nullable(v.string()),
});

/** The model and the voice that read answers aloud. */
export type Voice = v.InferOutput<typeof voiceSchema>;

/** Remembers the voice for all workspaces, and lets the user choose another one. */
export class VoiceChoice {
  private readonly stored: StoredModelChoice<Voice>;

  constructor(
    private readonly ports: KindPickerPorts,
    memory: Memory,
    log: Log,
  ) {
    this.stored = new StoredModelChoice(
      { gateways: ports.gateways, memory, log },
      { key: 'speech.voice', name: 'the voice', schema: voiceSchema },
    );
  }

  /** The voice that was chosen last; undefined if the user chose no voice yet, or if its gateway is not ready. */
  async current(): Promise<Voice | undefined> {
    return await this.stored.current();
  }

  /** Asks for a model and a voice, and remembers them. Undefined if the user cancels. */
  async ask(): Promise<Voice | undefined> {
    const last = this.stored.last();
    const model = await pickModelOfKind(this.ports, {
      kind: 'speech',
      title: vscode.l10n.t('Read Aloud: Model'),
      none: vscode.l10n.t('No gateway lists a model that speaks.'),
      example: 'tts-1',
      current: last,
    });
    if (model === undefined) return undefined;
    const isSame = last?.gatewayId === model.gatewayId && last.modelId === model.modelId;
    const voice = await askVoice(model.modelId, isSame ? last.voice : undefined);
    if (voice === undefined) return undefined;
    return this.stored.keep({ ...model, voice });
  }
}

/** Asks for a voice of a model. Undefined if the user cancels. */
async function askVoice(
  modelId: string,
  current: string | null | undefined,
): Promise<string | null | undefined> {
  const known = voicesOf(modelId);
  const voices = known.length > 0 ? known : usualVoices;
  const own = typeof current === 'string' && !voices.includes(current) ? [current] : [];
  const mark = (voice: string | null): string => (voice === current ? '$(check) ' : '');
  const items: (vscode.QuickPickItem & { readonly voice?: string | null })[] = [
    ...[...own, ...voices].map((voice) => ({
      label: `${mark(voice)}${voice.slice(voice.lastIndexOf(':') + 1).replaceAll('$(', '$ (')}`,
      voice,
    })),
    {
      label: `${mark(null)}${vscode.l10n.t('Default Voice')}`,
      description: vscode.l10n.t('The gateway chooses'),
      voice: null,
    },
    { label: `$(edit) ${vscode.l10n.t('Other…')}` },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Read Aloud: Voice'),
    placeHolder:
      known.length > 0
        ? vscode.l10n.t('Voices of {0}', modelId)
        : vscode.l10n.t('The voices of {0} are not known. These are common names.', modelId),
  });
  if (picked === undefined || picked.voice !== undefined) return picked?.voice;
  return await askInput({
    title: vscode.l10n.t('Read Aloud: Voice'),
    prompt: vscode.l10n.t("The voice's name, exactly as in the gateway's documentation"),
    placeholder: 'alloy',
    value: current ?? '',
    validate: (value) => (value === '' ? vscode.l10n.t('Enter a name.') : undefined),
  });
}
