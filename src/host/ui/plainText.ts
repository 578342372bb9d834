/**
 * A name, a path or somebody else's words for a sentence in one of VS Code's notifications or inputs. Those make links of
 * `[text](command:…)`, and run the command on a click: a file may be called like that.
 */
export function plainText(text: string): string {
  return text.replaceAll('](', '] (');
}
