import * as vscode from 'vscode';
import type { AnswerSink } from '../../core/provider/answerGiven';
import type { UsableCall } from '../../core/provider/checkCalls';
import { escapeMarkdown } from '../../core/text/escapeMarkdown';
import type { Media } from '../../shared/answer/media';
import type { Source } from '../../shared/answer/source';
import { totalOf, type Usage } from '../../shared/answer/usage';
import { newThinkingPart } from './newThinkingPart';

/** A part of an answer. */
export type ReportPart = vscode.LanguageModelResponsePart;

/** Reports an answer to VS Code. */
export class ProgressSink implements AnswerSink {
  private lastUsage: Usage | undefined;
  private isMediaNoted = false;

  constructor(
    private readonly progress: vscode.Progress<ReportPart>,
    private readonly onUsage: (usage: Usage) => void,
  ) {}

  text(text: string): void {
    this.progress.report(new vscode.LanguageModelTextPart(text));
  }

  reasoning(text: string): void {
    const part = newThinkingPart(text);
    if (part !== undefined) this.progress.report(part as ReportPart);
  }

  media(media: Media): void {
    const { mimeType, bytes } = contentOf(media.url);
    if (bytes !== undefined) this.progress.report(new vscode.LanguageModelDataPart(bytes, mimeType));
    if (this.isMediaNoted) return;
    this.isMediaNoted = true;
    this.note(
      vscode.l10n.t(
        "The answer has media that VS Code's chat can't show. Ask the model in Parley to see them.",
      ),
    );
  }

  sources(sources: readonly Source[]): void {
    const items = sources.map(
      ({ number, url, title }) =>
        `- \\[${number}\\] [${escapeMarkdown(title ?? url)}](<${url.replaceAll(/[\s<>]/g, (one) => encodeURIComponent(one))}>)`,
    );
    this.text(`\n\n**${vscode.l10n.t('Sources')}**\n\n${items.join('\n')}\n`);
  }

  call({ id, name, input }: UsableCall): void {
    this.progress.report(new vscode.LanguageModelToolCallPart(id, name, input));
  }

  usage(usage: Usage): void {
    this.lastUsage = usage;
    this.onUsage(usage);
  }

  /** A sentence of Parley below the answer. */
  note(sentence: string): void {
    this.text(`\n\n*${sentence}*\n`);
  }

  /** Reports the counts of the last request, which fill VS Code's meter of the context window. */
  end(): void {
    if (this.lastUsage === undefined) return;
    const { promptTokens = 0, completionTokens = 0, cachedTokens = 0 } = this.lastUsage;
    const counts = {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: totalOf(this.lastUsage),
      prompt_tokens_details: { cached_tokens: cachedTokens },
    };
    // The form in which VS Code's own models report them.
    const bytes = new TextEncoder().encode(JSON.stringify(counts));
    this.progress.report(new vscode.LanguageModelDataPart(bytes, 'usage'));
  }
}

/** The content of a `data:` URL in Base64. */
function contentOf(url: string): { readonly mimeType: string; readonly bytes?: Uint8Array } {
  const end = url.indexOf(';base64,');
  if (!url.startsWith('data:') || end < 0) return { mimeType: '' };
  return {
    mimeType: url.slice('data:'.length, end),
    bytes: Buffer.from(url.slice(end + ';base64,'.length), 'base64'),
  };
}
