/** Blocks that share one section. */
const blocksPerSection = 8;

/** Sections that share one chapter. */
const sectionsPerChapter = 8;

/**
 * Spreads the blocks of a document over sections, and those over chapters. The browser looks at every child of an element when
 * one is added, and at every element with `content-visibility` in each frame, but not within one that it skips: sections
 * and chapters keep all of these few, however long the document.
 */
export class BlockSections {
  private readonly sections: HTMLElement[] = [];

  /** @param parent The element that gets the chapters. */
  constructor(private readonly parent: HTMLElement) {}

  /** The section in which the block with this index (from 0, over the document) stands. */
  sectionOf(index: number): HTMLElement {
    const number = Math.floor(index / blocksPerSection);
    while (this.sections.length <= number) this.addSection();
    return this.sections[number] ?? this.parent;
  }

  /** Removes sections at the end that hold nothing any more. */
  trim(): void {
    while (this.sections.at(-1)?.hasChildNodes() === false) {
      const section = this.sections.pop();
      const chapter = section?.parentElement;
      section?.remove();
      if (chapter?.hasChildNodes() === false) chapter.remove();
    }
  }

  private addSection(): void {
    const isFirst = this.sections.length % sectionsPerChapter === 0;
    const chapter = (isFirst ? null : this.sections.at(-1)?.parentElement) ?? elementOf('markdown-chapter');
    const section = elementOf('markdown-section');
    chapter.append(section);
    if (isFirst) this.parent.append(chapter);
    this.sections.push(section);
  }
}

function elementOf(className: string): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  return element;
}
