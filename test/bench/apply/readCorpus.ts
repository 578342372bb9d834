/** Lines of a base file, from `start` to before `end`. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** One everyday edit of a file: a named part becomes another, or a part is added after the last one. */
export interface CorpusEdit {
  readonly title: string;
  readonly kind: 'change' | 'add';
  /** The part that changes; the last one when a part is added. */
  readonly part: Range;
  /** The new part's lines, as deep as the file has it. */
  readonly lines: readonly string[];
}

/** A file with the edits that people ask for. */
export interface CorpusFile {
  readonly language: string;
  /** The fence's info string. */
  readonly info: string;
  readonly path: string;
  readonly base: readonly string[];
  /** What holds the parts, its first and last line included; undefined when the parts are at the margin. */
  readonly container: Range | undefined;
  /** How models write "the rest stays as it is" in this language; two of them, in different words. */
  readonly placeholders: readonly string[];
  readonly edits: readonly CorpusEdit[];
}

/**
 * Reads a file of the corpus: `fence:` and `placeholder:` lines, the base with `@container`, `@unit NAME` and `@end` lines in it,
 * then `@change NAME` and `@add` sections with a part's new lines.
 *
 * @param language The name of the file, without its ending.
 */
export function readCorpus(language: string, text: string): CorpusFile {
  const base: string[] = [];
  const placeholders: string[] = [];
  const parts = new Map<string, Range>();
  const open: { readonly name: string; readonly start: number }[] = [];
  const sections: { readonly kind: 'change' | 'add'; readonly name: string; readonly lines: string[] }[] = [];
  let info = '';
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const [, mark, name = ''] = /^@(container|unit|end|change|add)(?: (.*))?$/.exec(line) ?? [];
    const section = sections.at(-1);
    if (mark === 'change' || mark === 'add') sections.push({ kind: mark, name, lines: [] });
    else if (section !== undefined) section.lines.push(line);
    else if (mark === 'container' || mark === 'unit')
      open.push({ name: mark === 'unit' ? name : '', start: base.length });
    else if (mark === 'end') {
      const closed = open.pop();
      if (closed !== undefined) parts.set(closed.name, { start: closed.start, end: base.length });
    } else if (line.startsWith('fence: ')) info = line.slice('fence: '.length);
    else if (line.startsWith('placeholder: ')) placeholders.push(line.slice('placeholder: '.length));
    else base.push(line);
  }
  const last = [...parts].filter(([name]) => name !== '').at(-1)?.[1];
  const edits = sections.map(({ kind, name, lines }, index): CorpusEdit => {
    const part = kind === 'change' ? parts.get(name) : last;
    if (part === undefined) throw new Error(`${language}: no part is called ${name}.`);
    return { title: kind === 'change' ? `change ${name}` : `add ${index}`, kind, part, lines };
  });
  return {
    language,
    info,
    path: info.slice(info.indexOf(' ') + 1),
    base,
    container: parts.get(''),
    placeholders,
    edits,
  };
}

/** The file after an edit. */
export function editedLines({ base }: CorpusFile, { kind, part, lines }: CorpusEdit): readonly string[] {
  return kind === 'change'
    ? [...base.slice(0, part.start), ...lines, ...base.slice(part.end)]
    : [...base.slice(0, part.end), '', ...lines, ...base.slice(part.end)];
}
