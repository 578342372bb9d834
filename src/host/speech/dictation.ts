import * as vscode from 'vscode';
import type { TranscriptionReply } from '../../gateway/endpoints/transcription/requestTranscription';
import type { Disposable } from '../../shared/kit/disposable';
import type { DictationMessage } from '../../shared/messages/dictationMessage';
import type { ToHost } from '../../shared/messages/toHost';
import { isThisComputer } from '../ui/isThisComputer';
import { plainText } from '../ui/plainText';
import { describeSpeechFailure } from './describeSpeechFailure';
import { findRecorders, type Recorder } from './findRecorders';
import { Recording, type RecordedSound } from './recording';
import type { SpeechPorts } from './speechActions';
import { TranscriptionChoice, type ChosenTranscription } from './transcriptionChoice';

/** How often the view learns the time and the loudness, in milliseconds. */
const reportInterval = 200;

/**
 * Writes down what the user says. The microphone is recorded by a program of this computer, because VS Code gives its webviews no
 * microphone. In a bundle of its own, which loads when the panel is idle.
 */
export class Dictation implements Disposable {
  private readonly choice: TranscriptionChoice;
  private readonly pageEnded: Disposable;
  private phase: DictationMessage = { phase: 'none' };
  private recording: Recording | undefined;
  private transcribing: AbortController | undefined;
  /** A text on its way to the view. It waits while the panel is hidden. */
  private undelivered: string | undefined;

  constructor(private readonly ports: SpeechPorts) {
    const { gateways, catalogue, house, panel } = ports;
    this.choice = new TranscriptionChoice({ gateways, catalogue }, house.globalState, house.log);
    // A hidden panel does not show that the microphone is on.
    this.pageEnded = panel.page.pageEnded.on(() => {
      this.recording?.stop();
    });
  }

  /** Does what the view asks for. */
  async act({ action }: ToHost['dictate']): Promise<void> {
    switch (action) {
      case 'offer':
        await this.offer();
        return;
      case 'start':
        if (this.phase.phase === 'ready') await this.start();
        return;
      case 'stop':
        this.recording?.stop();
        return;
      case 'cancel':
        this.recording?.cancel();
        this.transcribing?.abort();
    }
  }

  /** Ends the recorder, because the window closes. */
  dispose(): void {
    this.pageEnded.dispose();
    this.recording?.cancel();
    this.transcribing?.abort();
  }

  private async offer(): Promise<void> {
    if (this.phase.phase === 'none' || this.phase.phase === 'ready') {
      const isPossible = (await this.isModelKnown()) && (await this.recorders()).length > 0;
      this.show(isPossible ? await this.ready() : { phase: 'none' });
    } else this.show(this.phase);
  }

  private async recorders(): Promise<readonly Recorder[]> {
    return isThisComputer(vscode.env.remoteName)
      ? await findRecorders({ platform: process.platform, env: process.env })
      : [];
  }

  private async isModelKnown(): Promise<boolean> {
    return (await this.choice.current()) !== undefined || (await this.choice.isKnown());
  }

  private async ready(): Promise<DictationMessage> {
    const choice = await this.choice.current();
    const model = choice === undefined ? null : `${choice.modelId} · ${this.choice.gatewayName(choice)}`;
    const text = this.undelivered;
    if (text === undefined || !this.ports.panel.page.isVisible) return { phase: 'ready', model };
    this.undelivered = undefined;
    return { phase: 'ready', model, text };
  }

  private show(phase: DictationMessage): void {
    // The text is delivered once.
    this.phase = phase.phase === 'ready' ? { phase: 'ready', model: phase.model } : phase;
    this.ports.panel.page.send('dictation', phase);
  }

  private async start(): Promise<void> {
    this.show({ phase: 'starting' });
    try {
      const choice = (await this.choice.current()) ?? (await this.choice.ask());
      if (choice === undefined) return;
      const sound = await this.record();
      if (sound.kind === 'sound') await this.transcribe(sound.bytes, choice);
      else this.explain(sound);
    } finally {
      this.show(await this.ready());
    }
  }

  private async record(): Promise<RecordedSound> {
    let reporting: NodeJS.Timeout | undefined;
    const recording = new Recording(await this.recorders(), () => {
      const startedAt = performance.now();
      const report = (): void => {
        const seconds = Math.floor((performance.now() - startedAt) / 1_000);
        this.show({ phase: 'recording', seconds, level: recording.level ?? null });
      };
      report();
      reporting = setInterval(report, reportInterval);
    });
    this.recording = recording;
    try {
      return await recording.ended;
    } finally {
      clearInterval(reporting);
      this.recording = undefined;
    }
  }

  private async transcribe(bytes: Uint8Array, choice: ChosenTranscription): Promise<void> {
    const gateway = this.ports.gateways.find(choice.gatewayId);
    if (gateway === undefined) return;
    this.show({ phase: 'transcribing' });
    this.transcribing = new AbortController();
    const reply = await this.ports.client.transcribe({
      gateway,
      modelId: choice.modelId,
      file: { name: 'dictation.wav', mimeType: 'audio/wav', bytes },
      task: 'transcribe',
      format: 'json',
      ...(choice.language !== '' && { language: choice.language }),
      connect: this.ports.settings.timeouts().connect,
      signal: this.transcribing.signal,
    });
    this.transcribing = undefined;
    if (reply.kind === 'cancelled') return;
    if (reply.kind === 'failed') this.warn(reply, () => this.transcribeAgain(bytes, choice));
    else if (reply.text === '') this.explain({ kind: 'too-short' });
    else this.undelivered = reply.text;
  }

  /** Sends the same recording once more, because the user wants it. */
  private async transcribeAgain(bytes: Uint8Array, choice: ChosenTranscription): Promise<void> {
    if (this.phase.phase !== 'ready') return;
    try {
      await this.transcribe(bytes, choice);
    } finally {
      this.show(await this.ready());
    }
  }

  private warn(
    { failure, mayBeBilled }: Extract<TranscriptionReply, { kind: 'failed' }>,
    again: () => Promise<void>,
  ): void {
    const { sentence, details } = describeSpeechFailure(failure, mayBeBilled, 'transcription');
    const [detail = ''] = details.split('\n');
    this.offerAgain(detail === '' ? sentence : `${sentence} ${detail}`, again);
  }

  private explain(sound: Exclude<RecordedSound, { kind: 'sound' }>): void {
    const again = (): Promise<void> => this.act({ action: 'start' });
    switch (sound.kind) {
      case 'cancelled':
        return;
      case 'silent':
        this.offerAgain(
          vscode.l10n.t(
            'The microphone gave only silence. Check that it is not muted and that the system lets VS Code use it.',
          ),
          again,
        );
        return;
      case 'too-short':
        this.offerAgain(vscode.l10n.t('No words were recorded.'), again);
        return;
      case 'failed':
        this.offerAgain(
          sound.detail === ''
            ? vscode.l10n.t("Couldn't record the microphone.")
            : vscode.l10n.t("Couldn't record the microphone: {0}", sound.detail.slice(0, 300)),
          again,
        );
    }
  }

  private offerAgain(sentence: string, again: () => Promise<void>): void {
    const label = vscode.l10n.t('Try Again');
    void vscode.window.showWarningMessage(plainText(sentence), label).then(async (pressed) => {
      if (pressed === label) await again();
    });
  }
}
