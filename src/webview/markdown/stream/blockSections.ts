/** Blocks that share one section. */
const blocksPerSection = 8;

/** Sections that share one chapter. */
const sectionsPerChapter = 8;

/**
 * Groups the blocks of a document into sections, and the sections into chapters. When a child is added to an element, the browser visits
 * all its children, and in each frame it visits all elements with `content-visibility`, except those inside an element that it skips.
 * Sections and chapters keep both numbers small in a document of any length.
 */
export class BlockSections {
  private readonly sections: HTMLElement[] = [];

  /** @param parent The element that gets the chapters. */
  constructor(private readonly parent: HTMLElement) {}

  /** The section of the block with this index. Indices start at 0 and count through the whole document. */
  sectionOf(index: number): HTMLElement {
    const number = Math.floor(index / blocksPerSection);
    while (this.sections.length <= number) this.addSection();
    return this.sections[number] ?? this.parent;
  }

  /** Removes empty sections at the end. */
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
