/** Receives the text of one or more chunks. `isOrdinary`: each of them is known to be ordinary (see `kindOfCharacters`). */
type TakeText = (kind: 'text' | 'reasoning', text: string, choice: number, isOrdinary: boolean) => void;

/**
 * Joins the text of neighbouring chunks that have only text. A delivery may have hundreds of them, and one search of the joined
 * text for reasoning marks is much faster than a search per chunk.
 */
export class TextGatherer {
  private text = '';
  private kind: 'text' | 'reasoning' = 'text';
  private choice = 0;
  private isOrdinary = true;

  constructor(private readonly take: TakeText) {}

  /** Adds text. First passes on earlier text of another kind or choice. */
  add(kind: 'text' | 'reasoning', text: string, choice: number, isOrdinary: boolean): void {
    if (this.kind !== kind || this.choice !== choice) {
      this.flush();
      this.kind = kind;
      this.choice = choice;
    }
    this.text += text;
    this.isOrdinary &&= isOrdinary;
  }

  /** Passes on the joined text. Must be called before any other part of the reply is passed on. */
  flush(): void {
    const { text, isOrdinary } = this;
    if (text === '') return;
    this.text = '';
    this.isOrdinary = true;
    this.take(this.kind, text, this.choice, isOrdinary);
  }
}
