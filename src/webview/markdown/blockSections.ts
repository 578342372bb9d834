/** Blocks that share one section. */
const blocksPerSection = 32;

/**
 * Spreads the blocks of a document over sections. The browser looks at every child of an element when
 * one is added, and at every element with `content-visibility` in each frame; sections keep both few.
 */
export class BlockSections {
  private readonly sections: HTMLElement[] = [];

  /** @param parent The element that gets the sections. */
  constructor(private readonly parent: HTMLElement) {}

  /** The section in which the block with this index (from 0, over the document) stands. */
  sectionOf(index: number): HTMLElement {
    const number = Math.floor(index / blocksPerSection);
    while (this.sections.length <= number) {
      const section = document.createElement('div');
      section.className = 'markdown-section';
      this.parent.append(section);
      this.sections.push(section);
    }
    return this.sections[number] ?? this.parent;
  }

  /** Removes sections at the end that hold nothing any more. */
  trim(): void {
    while (this.sections.at(-1)?.hasChildNodes() === false) this.sections.pop()?.remove();
  }
}
