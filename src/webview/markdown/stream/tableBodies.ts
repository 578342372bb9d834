import { rowsPerBody } from '../render/groupRows';

/** The `tbody` elements of a long open table. */
export class TableBodies {
  private readonly bodies: HTMLTableSectionElement[];
  private finalRows = 0;

  /** @param table The displayed table. */
  constructor(private readonly table: HTMLElement) {
    this.bodies = Array.from(table.querySelectorAll('tbody'));
  }

  /** The parent of a row. Indices start at 0 after the final rows. */
  bodyOf(index: number): HTMLElement {
    const number = Math.floor((this.finalRows + index) / rowsPerBody);
    while (this.bodies.length <= number) {
      const body = document.createElement('tbody');
      this.table.append(body);
      this.bodies.push(body);
    }
    return this.bodies[number] ?? this.table;
  }

  /** Removes empty elements at the end, and counts rows that have become final. */
  close(rows: number): void {
    this.finalRows += rows;
    while (this.bodies.at(-1)?.hasChildNodes() === false) this.bodies.pop()?.remove();
  }
}
