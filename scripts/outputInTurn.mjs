/** Prints what several programs write at the same time, so that the text of one is never between the text of another. */
export class OutputInTurn {
  /** Texts whose turn has not come, in the order in which they began.
   * @type {{ text: string, hasEnded: boolean }[]} */
  #waiting = [];

  /** @param {(text: string) => void} print */
  constructor(print) {
    this.print = print;
  }

  /**
   * Begins the output of a program. It is printed while it comes once the outputs that began before it have ended.
   *
   * @returns {{ write: (text: string) => void, end: () => void }}
   */
  begin() {
    const entry = { text: '', hasEnded: false };
    this.#waiting.push(entry);
    return {
      write: (text) => {
        if (this.#waiting[0] === entry) this.print(text);
        else entry.text += text;
      },
      end: () => {
        entry.hasEnded = true;
        this.#printNext();
      },
    };
  }

  #printNext() {
    while (this.#waiting[0]?.hasEnded) {
      this.#waiting.shift();
      const next = this.#waiting.at(0);
      if (next === undefined) return;
      if (next.text !== '') this.print(next.text);
      next.text = '';
    }
  }
}
