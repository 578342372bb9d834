import * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import type {
  TranscriptionReply,
  TranscriptionRequest,
} from '../../gateway/endpoints/transcription/requestTranscription';
import { baseName } from '../../core/text/baseName';
import type { Memory } from '../memory/storedValue';
import { askInput } from '../ui/askInput';
import { plainText } from '../ui/plainText';
import { saveFile } from '../ui/saveFile';
import { describeSpeechFailure } from './describeSpeechFailure';
import { soundMimeType } from './soundMimeType';
import {
  TranscriptionChoice,
  type ChosenTranscription,
  type TranscriptionChoicePorts,
} from './transcriptionChoice';

/** What `Transcriber` needs. */
interface TranscriberPorts extends TranscriptionChoicePorts {
  readonly transcribe: (request: TranscriptionRequest) => Promise<TranscriptionReply>;
  /** Seconds until the connection is open. */
  readonly connect: () => number;
  /** Puts text into the message field, unsent. */
  readonly giveText: (text: string) => void;
}

/** The largest upload that OpenAI and most gateways accept, in bytes. */
const largestUpload = 26_214_400;

/** For the other fields of the form, in bytes. */
const formSize = 2_000;

interface TaskItem extends vscode.QuickPickItem {
  readonly run: 'text' | 'english' | 'srt' | 'vtt' | 'model' | 'language';
}

/** Writes down what is said in sound files, after the user has chosen how. */
export class Transcriber {
  private readonly choice: TranscriptionChoice;

  constructor(
    private readonly ports: TranscriberPorts,
    memory: Memory,
    log: Log,
  ) {
    this.choice = new TranscriptionChoice(ports, memory, log);
  }

  /** Asks what to do with a sound file, and does it. The file is not read before the user has answered. */
  async start(uri: vscode.Uri): Promise<void> {
    const name = plainText(baseName(uri.path));
    let choice = await this.choice.current();
    for (;;) {
      choice ??= await this.choice.ask();
      if (choice === undefined) return;
      const run = await this.askTask(name, choice);
      if (run === undefined) return;
      if (run === 'model') choice = undefined;
      else if (run === 'language') {
        const language = await askLanguage(choice.language);
        if (language !== undefined) choice = this.choice.keep({ ...choice, language });
      } else {
        await this.run(uri, name, choice, run);
        return;
      }
    }
  }

  private async askTask(name: string, choice: ChosenTranscription): Promise<TaskItem['run'] | undefined> {
    const { modelId, language } = choice;
    const gateway = this.choice.gatewayName(choice);
    const items: TaskItem[] = [
      { label: `$(comment) ${vscode.l10n.t('Transcribe into the Message')}`, run: 'text' },
      { label: `$(globe) ${vscode.l10n.t('Translate into English')}`, run: 'english' },
      { label: `$(save) ${vscode.l10n.t('Save Subtitles (SRT)…')}`, run: 'srt' },
      { label: `$(save) ${vscode.l10n.t('Save Subtitles (VTT)…')}`, run: 'vtt' },
      {
        label: `$(settings) ${vscode.l10n.t('Model')}`,
        description: `${modelId} · ${gateway}`,
        run: 'model',
      },
      {
        label: `$(settings) ${vscode.l10n.t('Language')}`,
        description: language === '' ? vscode.l10n.t('Detected by the model') : language,
        run: 'language',
      },
    ];
    const placeHolder = vscode.l10n.t('The file is sent to {0}, which charges for it.', gateway);
    return (await vscode.window.showQuickPick(items, { title: name, placeHolder }))?.run;
  }

  private async run(
    uri: vscode.Uri,
    name: string,
    choice: ChosenTranscription,
    run: 'text' | 'english' | 'srt' | 'vtt',
  ): Promise<void> {
    const gateway = this.ports.gateways.find(choice.gatewayId);
    const bytes = await readSoundFile(uri, name);
    if (gateway === undefined || bytes === undefined) return;
    const title = vscode.l10n.t('Transcribing {0} with {1}', name, choice.modelId);
    const location = vscode.ProgressLocation.Notification;
    const reply = await vscode.window.withProgress({ location, title, cancellable: true }, (_, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => {
        abort.abort();
      });
      return this.ports.transcribe({
        gateway,
        modelId: choice.modelId,
        file: { name: baseName(uri.path), mimeType: soundMimeType(uri.path) ?? 'audio/mpeg', bytes },
        task: run === 'english' ? 'translate' : 'transcribe',
        format: run === 'srt' || run === 'vtt' ? run : 'json',
        ...(choice.language !== '' && { language: choice.language }),
        connect: this.ports.connect(),
        signal: abort.signal,
      });
    });
    if (reply.kind === 'cancelled') return;
    if (reply.kind === 'failed') {
      const { sentence, details } = describeSpeechFailure(reply.failure, reply.mayBeBilled, 'transcription');
      const [detail = ''] = details.split('\n');
      void vscode.window.showErrorMessage(plainText(detail === '' ? sentence : `${sentence} ${detail}`));
    } else if (reply.text === '') {
      void vscode.window.showInformationMessage(vscode.l10n.t('No words were found in {0}.', name));
    } else if (reply.kind === 'text' && (run === 'srt' || run === 'vtt')) {
      const file = `${baseName(uri.path).replace(/\.[^.]{1,5}$/, '')}.${run}`;
      await saveFile(file, Buffer.from(reply.text));
    } else {
      if (reply.kind === 'no-times') {
        void vscode.window.showWarningMessage(
          vscode.l10n.t('{0} tells no times. The text is in the message field.', choice.modelId),
        );
      }
      this.ports.giveText(reply.text);
    }
  }
}

/** Reads a sound file. Tells the user if that fails or if the file is too large. */
async function readSoundFile(uri: vscode.Uri, name: string): Promise<Uint8Array | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size + formSize > largestUpload) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          '{0} has {1} MB. Gateways accept at most 25 MB. MP3 with 32 kbit/s is enough for speech.',
          name,
          Math.ceil(size / 1_048_576),
        ),
      );
      return undefined;
    }
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    void vscode.window.showWarningMessage(vscode.l10n.t("Couldn't read {0}.", name));
    return undefined;
  }
}

/** Asks for the spoken language. '' lets the model find it out; undefined if the user cancels. */
async function askLanguage(current: string): Promise<string | undefined> {
  return await askInput({
    title: vscode.l10n.t('Language'),
    prompt: vscode.l10n.t('Two letters, such as en or zh. Leave empty to let the model detect it.'),
    placeholder: 'en',
    value: current,
    validate: (value) =>
      /^(?:[a-z]{2,3})?$/.test(value) ? undefined : vscode.l10n.t('Enter two letters, such as en.'),
  });
}
