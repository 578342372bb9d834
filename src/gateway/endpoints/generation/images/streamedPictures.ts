import type { Usage } from '../../../../shared/answer/usage';
import type { ReplyError } from '../../../failures/describeError';
import { mediumOfBase64, type FoundMedia } from '../media/foundMedia';
import type { GenerationRun } from '../wire/generationRun';
import { readImageEvent } from './readImageEvent';
import type { ImageReply } from './readImageReply';

/** Collects the pictures of a stream, and shows its partial pictures as previews. */
export class StreamedPictures {
  private readonly media: FoundMedia[] = [];
  private usage: Usage | undefined;
  private error: ReplyError | undefined;
  private words = '';
  private task: Extract<ImageReply, { kind: 'task' }> | undefined;

  /** @param expected The number of pictures. */
  constructor(
    private readonly run: GenerationRun,
    private readonly expected: number,
  ) {}

  /** Reads an event. Returns true if all pictures have come. */
  read(data: string, type: string | undefined): boolean {
    const event = readImageEvent(data, type);
    switch (event?.kind) {
      case 'partial':
        // The last picture may come before all partial ones.
        if (this.media.length === 0) this.show(event.medium);
        break;
      case 'media':
        this.media.push(...event.media);
        this.usage = event.usage ?? this.usage;
        break;
      case 'error':
        this.error ??= event.error;
        break;
      case 'task':
        this.task ??= event;
        break;
      case 'nothing':
        this.words ||= event.words;
        break;
      case undefined:
        break;
    }
    return this.media.length >= this.expected;
  }

  /** What all events together say. */
  get result(): ImageReply {
    const { media, usage, error, words, task } = this;
    if (media.length > 0) return { kind: 'media', media, usage };
    if (error !== undefined) return { kind: 'error', error };
    return task ?? { kind: 'nothing', words };
  }

  private show({ base64 }: FoundMedia): void {
    const media = base64 === undefined ? undefined : mediumOfBase64(base64, {});
    if (media !== undefined) this.run.parts.add({ kind: 'preview', media });
  }
}
