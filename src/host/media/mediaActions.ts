import * as vscode from 'vscode';
import type { MediaStore } from '../../core/ports/mediaStore';
import type { Target } from '../../core/prompt/target';
import type { Session } from '../../core/conversation/session';
import type { FetchedMedia } from '../../gateway/endpoints/fetchMedia';
import { answerMedia } from '../../shared/answer/answerPart';
import { taskActionName } from '../../shared/answer/taskActionName';
import { isStoredMedia, type Media } from '../../shared/answer/media';
import type { Attachment } from '../../shared/conversation/attachment';
import type { ModelReference } from '../../shared/conversation/modelReference';
import type { ToHost } from '../../shared/messages/toHost';
import type { Page } from '../contributions/page';
import { largestPicture, pictureFromBytes } from '../context/pictureFromBytes';
import { decodeDataUrl, mediaFileName } from '../ui/decodeDataUrl';
import type { GatewayRegistry } from '../gateways/gatewayRegistry';
import { openLink } from '../ui/openLink';
import { saveFile } from '../ui/saveFile';
import { withPicture } from './withMask';
import { insertMedia, type NamedContent } from './insertMedia';

/** A picture, sound or video of an answer. */
export interface MediaPlace {
  /** The id of the answer. */
  readonly id: string;
  /** The position among the answer's media, from 0. */
  readonly index: number;
}

/** What `MediaActions` needs from the rest of the host. */
export interface MediaPorts {
  readonly client: {
    /** Downloads a URL without sending a key. Returns undefined if that fails. */
    readonly fetchMedia: (url: string) => Promise<FetchedMedia | undefined>;
  };
  /** Media that are stored beside the journals. */
  readonly media: Pick<MediaStore, 'read'>;
  readonly gateways: Pick<GatewayRegistry, 'find'>;
  /**
   * Changes the attachments of a prompt that is being written.
   *
   * @param edit The edited prompt; undefined for the next prompt.
   */
  readonly changeAttachments: (
    conversationId: string,
    edit: string | undefined,
    change: (attachments: readonly Attachment[]) => readonly Attachment[],
  ) => void;
  /** The target of a model in a conversation. */
  readonly targetOf: (model: ModelReference, conversationId: string) => Target;
  /** The page that shows the media. */
  readonly page: Pick<Page, 'send'>;
}

/**
 * Shows and saves pictures, sound and video of answers. Media of another origin than the gateway's are downloaded only after the
 * user asked for it, because a model can put data into a URL to send it out.
 */
export class MediaActions {
  /** URLs that the user asked to show. */
  private readonly allowed = new Set<string>();

  constructor(private readonly ports: MediaPorts) {}

  /**
   * Shows a stored medium, or downloads a medium that the user asked for and shows it. If the download fails, says so and offers to
   * open the URL in the browser.
   */
  async load(session: Session, place: MediaPlace): Promise<void> {
    const media = find(session, place)?.media;
    if (media === undefined) return;
    if (isStoredMedia(media.url)) {
      const url = await this.ports.media.read(session.conversation.id, media.url);
      this.ports.page.send('media-loaded', { ...place, url: url ?? '' });
      return;
    }
    this.allowed.add(media.url);
    const fetched = await this.ports.client.fetchMedia(media.url);
    if (fetched === undefined) await offerLink(media.url);
    else this.ports.page.send('media-loaded', { ...place, url: dataUrlOf(fetched) });
  }

  /**
   * Writes a medium to a file that the user chooses. If the medium is a URL that must not or cannot be downloaded, opens the URL
   * in the browser instead, after VS Code has asked.
   */
  async save(session: Session, place: MediaPlace): Promise<void> {
    const content = await this.contentOf(session, place);
    if (content === undefined) return;
    await saveFile(mediaFileName(content.name, content.mimeType), content.bytes);
  }

  /** Writes a medium to a file that the user chooses, and inserts a reference to it at the cursor of the active editor. */
  async insert(session: Session, place: MediaPlace): Promise<void> {
    const content = await this.contentOf(session, place);
    if (content !== undefined) await insertMedia(content);
  }

  /** Attaches a picture of an answer to the next prompt, with its mask if it has one. */
  async edit(session: Session, { mask, ...place }: ToHost['edit-media']): Promise<void> {
    const content = await this.contentOf(session, place);
    if (content === undefined) return;
    const { name, mimeType, bytes } = content;
    const picture =
      bytes.length > largestPicture ? undefined : pictureFromBytes(mediaFileName(name, mimeType), bytes);
    if (picture !== undefined) {
      const masked = { ...picture, ...(mask !== undefined && { mask }) };
      this.ports.changeAttachments(session.conversation.id, undefined, (attachments) =>
        withPicture(attachments, masked),
      );
    } else
      void vscode.window.showErrorMessage(
        vscode.l10n.t('Only PNG, JPEG, GIF and WebP pictures up to 20 MB can be attached.'),
      );
  }

  /** Starts another task by a button of a finished one, or gives a task the prompt that it waits for. */
  runTaskAction(session: Session, { id, index, text, mask }: ToHost['run-task-action']): void {
    const answer = session.conversation.messages.get(id);
    const action = answer?.role === 'assistant' ? answer.progress?.actions[index] : undefined;
    if (answer?.role !== 'assistant' || action === undefined) return;
    const name = taskActionName(action, index, vscode.l10n.t);
    // The gateway has the picture. What the prompt shows is the mask.
    const attachments: readonly Attachment[] =
      mask === undefined
        ? []
        : [{ kind: 'image', id: crypto.randomUUID(), name: vscode.l10n.t('Mask'), url: mask, mask }];
    const prompt = { text: text ?? name, attachments: [...attachments] };
    session.runTaskAction(id, action, prompt, this.ports.targetOf(answer.model, session.conversation.id));
  }

  /** The bytes of a medium. If they cannot be had, tells the user or opens the URL in the browser, and returns undefined. */
  private async contentOf(session: Session, place: MediaPlace): Promise<NamedContent | undefined> {
    const found = find(session, place);
    if (found === undefined) return undefined;
    const { media, model } = found;
    const stored = isStoredMedia(media.url)
      ? await this.ports.media.read(session.conversation.id, media.url)
      : undefined;
    if (isStoredMedia(media.url) && stored === undefined) {
      void vscode.window.showErrorMessage(vscode.l10n.t('This file is no longer on this computer.'));
      return undefined;
    }
    const content =
      decodeDataUrl(stored ?? media.url) ??
      (this.mayFetch(media, model) ? await this.ports.client.fetchMedia(media.url) : undefined);
    if (content !== undefined) return { ...content, name: media.name ?? media.kind };
    await openLink(media.url);
    return undefined;
  }

  /** The origin of the model's gateway; undefined if the gateway is no longer configured. */
  private originOfGateway({ gatewayId }: ModelReference): string | undefined {
    const baseUrl = this.ports.gateways.find(gatewayId)?.baseUrl ?? '';
    return URL.canParse(baseUrl) ? new URL(baseUrl).origin : undefined;
  }

  private mayFetch({ url }: Media, model: ModelReference): boolean {
    if (this.allowed.has(url)) return true;
    return URL.canParse(url) && new URL(url).origin === this.originOfGateway(model);
  }
}

/** Links to results expire within minutes or days. */
async function offerLink(url: string): Promise<void> {
  const open = vscode.l10n.t('Open in Browser');
  const host = URL.parse(url)?.host ?? url;
  const sentence = vscode.l10n.t('{0} did not send the file. Its link may have expired.', host);
  if ((await vscode.window.showWarningMessage(sentence, open)) === open) await openLink(url);
}

function find(
  session: Session,
  { id, index }: MediaPlace,
): { media: Media; model: ModelReference } | undefined {
  const message = session.conversation.messages.get(id);
  const media = message?.role === 'assistant' ? answerMedia(message)[index] : undefined;
  return message?.role === 'assistant' && media !== undefined ? { media, model: message.model } : undefined;
}

function dataUrlOf({ mimeType, bytes }: FetchedMedia): string {
  return `data:${mimeType};base64,${Buffer.from(bytes).toString('base64')}`;
}
