/** The values of a prompt's variables. */
interface PromptValues {
  /** The value of `${selection}`: a name for it, because the code itself is attached. */
  readonly selection: string;
  /** Path of the active file; '' without one. */
  readonly file: string;
  /** Base name of the active file; '' without one. */
  readonly fileName: string;
}

/** A prompt with its variables filled in, ready for the composer. */
export interface FilledPrompt {
  readonly text: string;
  /** The range to select, so that the user types over it, in UTF-16 units. Both are at the end when there is no input. */
  readonly selectStart: number;
  readonly selectEnd: number;
  readonly usesSelection: boolean;
  readonly usesFile: boolean;
}

const variables =
  /\$\{(selection|selectedText|file|fileBasename|input:([^}:\n]{1,100})(?::([^}\n]{0,300}))?)\}/g;

/**
 * Fills a prompt's variables: `${selection}`, `${selectedText}`, `${file}`, `${fileBasename}` and `${input:name:placeholder}`.
 * The first input becomes the selected range. Unknown variables stay as they are.
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
