import { indentUnit, reindent, restoreFirstIndent, type IndentUnit } from '../edits/lines/adaptIndentation';
import { alignLines } from '../edits/lines/alignLines';
import { indentOf, indentWidth, isClosing, outermostWidth } from '../edits/lines/plainLine';

/**
 * Gives an answer the indentation of the selection. Models often leave out the indentation that all lines share, or write spaces
 * for tabs. The outermost lines of both show the difference, so code that is wrapped in a new block keeps its deeper indentation.
 *
 * @param selection The selected lines that the answer has reached.
 * @param unit How the file indents; undefined if unknown.
 */
export function fitIndentation(
  answer: readonly string[],
  selection: readonly string[],
  unit: IndentUnit | undefined,
): readonly string[] {
  const outer = outermostWidth(selection);
  if (!Number.isFinite(outer) || !answer.some((line) => line.trim() !== '')) return answer;
  const code = withFirstIndent(restoreFirstIndent(answer, selection), selection);
  // Without the shared indentation, the first line does not count as a step.
  const inner = reindent(code, '', undefined);
  const own = indentUnit(inner);
  const wanted = indentUnit(reindent(selection, '', undefined)) ?? unit;
  const isOtherUnit = own !== undefined && wanted !== undefined && own !== wanted;
  const target = isOtherUnit && !agreesInside(code, selection) ? wanted : own;
  if (outermostWidth(code) === outer && target === own && !mixesTabs(code, selection)) return code;
  const indent = selection.map(indentOf).find((each) => indentWidth(each) === outer) ?? '';
  return reindent(inner, indent, target);
}

/**
 * Gives the first line the indentation of the selection if only this line lacks it. A deeper line below a line that opens a block
 * shows nothing, unless the block is closed at the deeper level.
 */
function withFirstIndent(code: readonly string[], selection: readonly string[]): readonly string[] {
  const [first = '', ...rest] = code;
  const depth = outermostWidth(rest);
  if (indentOf(first) !== '' || depth !== outermostWidth(selection) || depth === 0) return code;
  const opens = /[:{([]\s*$/.test(first);
  const isClosedInside = rest.some((line) => isClosing(line) && indentWidth(line) === depth);
  const indent = indentOf(selection.find((line) => line.trim() !== '') ?? '');
  return !opens || isClosedInside ? [indent + first, ...rest] : code;
}

/** The lines of the answer, with the white space at their ends as in the selection. Unchanged if nothing else differs. */
export function keepLineEnds(answer: readonly string[], selection: readonly string[]): readonly string[] {
  const pairs = alignLines(answer, selection).filter(({ same }) => same);
  const twins = new Map(pairs.map(({ segment, file }) => [segment, selection[file] ?? '']));
  const kept = answer.map((line, at) => {
    const twin = twins.get(at);
    return twin?.trimEnd() === line.trimEnd() ? twin : line;
  });
  const isSame = kept.length === selection.length && kept.every((line, at) => line === selection[at]);
  return isSame ? answer : kept;
}

/** True if most equal lines below the outermost level have the same depth in both texts. */
function agreesInside(code: readonly string[], selection: readonly string[]): boolean {
  const depths = [outermostWidth(code), outermostWidth(selection)] as const;
  const inner = alignLines(code, selection)
    .map(({ segment, file }) => [
      indentWidth(code[segment] ?? '') - depths[0],
      indentWidth(selection[file] ?? '') - depths[1],
    ])
    .filter(([own = 0, other = 0]) => own > 0 || other > 0);
  const agreeing = inner.filter(([own, other]) => own === other);
  return inner.length > 0 && agreeing.length * 2 >= inner.length && hasTabs(code) === hasTabs(selection);
}

function mixesTabs(code: readonly string[], selection: readonly string[]): boolean {
  return hasTabs(code) !== hasTabs(selection) && selection.some((line) => indentOf(line) !== '');
}

function hasTabs(lines: readonly string[]): boolean {
  return lines.some((line) => line.startsWith('\t'));
}
