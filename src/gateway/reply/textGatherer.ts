/** Takes text that one or more chunks brought. */
type TakeText = (kind: 'text' | 'reasoning', text: string, choice: number) => void;

/**
 * Joins the text of chunks that hold nothing else. One delivery brings up to hundreds of them, and to search their text for
 * marks of reasoning costs once what it would cost for each.
 */
export class TextGatherer {
  private text = '';
  private kind: 'text' | 'reasoning' = 'text';
  private choice = 0;

  constructor(private readonly take: TakeText) {}

  add(kind: 'text' | 'reasoning', text: string, choice: number): void {
    if (this.kind !== kind || this.choice !== choice) {
      this.flush();
      this.kind = kind;
      this.choice = choice;
    }
    this.text += text;
  }

  /** Passes on what was gathered. Call it before anything else of the reply is passed on. */
  flush(): void {
    const { text } = this;
    if (text === '') return;
    this.text = '';
    this.take(this.kind, text, this.choice);
  }
}
