import { ByteCollector } from '../../../network/byteCollector';
import { ReplyBody, type ReplyForm } from '../../../reply/replyBody';
import { mediaTypeOf, tellingBytes } from '../media/mediaTypeOf';

/** The largest medium that a reply may be, in bytes. */
const mostBytes = 200_000_000;
/** A picture of 50 MB in base64 is one line of a stream. In characters. */
const limits = { event: 72_000_000, whole: 288_000_000 };

/** The body of a reply: JSON, events, or the medium itself, whatever its Content-Type says. */
export class ReplyContent {
  /** True if the body exceeds a limit. */
  isTooLarge = false;
  private readonly body: ReplyBody;
  /** The first bytes, while there are too few to see what the body is. */
  private first: Buffer | undefined = Buffer.alloc(0);
  private medium: ByteCollector | undefined;

  /** @param onEvent Receives the data and the type of each event of a stream. */
  constructor(onEvent: (data: string, type: string | undefined) => void) {
    this.body = new ReplyBody(
      {
        onEvent,
        onTooLarge: () => {
          this.isTooLarge = true;
        },
      },
      limits,
    );
  }

  get form(): ReplyForm | 'medium' {
    return this.medium === undefined ? this.body.form : 'medium';
  }

  /** The body if it is not a stream and not a medium. */
  get text(): string {
    return this.body.text;
  }

  /** The medium if the body is one. */
  get bytes(): Uint8Array | undefined {
    return this.medium?.bytes;
  }

  /** Adds bytes of the body. */
  add(bytes: Uint8Array): void {
    if (this.first === undefined) {
      this.take(bytes);
      return;
    }
    this.first = Buffer.concat([this.first, bytes]);
    if (this.first.length >= tellingBytes) this.decide(this.first);
  }

  /** Ends the body. */
  end(): void {
    if (this.first !== undefined) this.decide(this.first);
    this.body.end();
  }

  private decide(first: Uint8Array): void {
    this.first = undefined;
    if (mediaTypeOf(first) !== undefined) this.medium = new ByteCollector(mostBytes);
    this.take(first);
  }

  private take(bytes: Uint8Array): void {
    if (this.medium === undefined) this.body.feed(bytes);
    else if (!this.medium.add(bytes)) this.isTooLarge = true;
  }
}
