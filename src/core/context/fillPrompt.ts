/** What a prompt's variables stand for at the moment. */
export interface PromptValues {
  /** What is put for `${selection}`: a name, since the code itself goes along as a chip. */
  readonly selection: string;
  /** Path of the active file; '' for none. */
  readonly file: string;
  /** Its name. */
  readonly fileName: string;
}

/** A prompt that is ready to be put into the composer. */
export interface FilledPrompt {
  readonly text: string;
  /** What to type over, in UTF-16 units; both at the end when there is nothing. */
  readonly selectStart: number;
  readonly selectEnd: number;
  readonly usesSelection: boolean;
  readonly usesFile: boolean;
}

const variables =
  /\$\{(selection|selectedText|file|fileBasename|input:([^}:\n]{1,100})(?::([^}\n]{0,300}))?)\}/g;

/**
 * Fills a prompt's variables: `${selection}`, `${file}`, `${fileBasename}` and `${input:name:placeholder}`. The first
 * input is what to type over. Others than these stay as they are.
 */
export function fillPrompt(body: string, values: PromptValues): FilledPrompt {
  let text = '';
  let end = 0;
  let selected: readonly [number, number] | undefined;
  const used = new Set<string>();
  for (const match of body.matchAll(variables)) {
    const [whole, variable = '', name, placeholder] = match;
    text += body.slice(end, match.index);
    end = match.index + whole.length;
    used.add(variable);
    const value = name === undefined ? valueOf(variable, values) : (placeholder ?? name).trim() || name;
    if (name !== undefined) selected ??= [text.length, text.length + value.length];
    text += value;
  }
  text += body.slice(end);
  const [selectStart, selectEnd] = selected ?? [text.length, text.length];
  return {
    text,
    selectStart,
    selectEnd,
    usesSelection: used.has('selection') || used.has('selectedText'),
    usesFile: used.has('file') || used.has('fileBasename'),
  };
}

function valueOf(variable: string, { selection, file, fileName }: PromptValues): string {
  switch (variable) {
    case 'file':
      return file;
    case 'fileBasename':
      return fileName;
    default:
      return selection;
  }
}
