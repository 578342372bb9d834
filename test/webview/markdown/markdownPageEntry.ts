import '../../../src/webview/markdown/markdown.css';
import { BlockSections } from '../../../src/webview/markdown/stream/blockSections';
import { CodeBlock } from '../../../src/webview/markdown/code/codeBlock';
import { arrangeFootnotes } from '../../../src/webview/markdown/render/arrangeFootnotes';
import { asComplete } from '../../../src/webview/markdown/parse/asComplete';
import { whenHighlighterLoaded } from '../../../src/webview/markdown/code/whenHighlighterLoaded';
import { whenIdle } from '../../../src/webview/kit/whenIdle';
import { parseBlocks } from '../../../src/webview/markdown/parse/parseBlocks';
import { whenMathLoaded } from '../../../src/webview/markdown/math/whenMathLoaded';
import { MarkdownView } from '../../../src/webview/markdown/markdownView';
import type { MarkdownActions } from '../../../src/webview/markdown/markdownView';
import { finishCode, reconcile } from '../../../src/webview/markdown/render/reconcile';
import { renderBlocks } from '../../../src/webview/markdown/render/renderBlocks';
import { readDrawn, takenBack } from './drawnText';

/** What the actions of the views were asked for. */
const asked: string[] = [];

const actions: MarkdownActions = {
  t: (message) => message,
  copyCode: (text) => asked.push(`copy ${text}`),
  insertCode: (text) => asked.push(`insert ${text}`),
  applyCode: (block) => asked.push(`apply ${JSON.stringify(block)}`),
  newFile: (block) => asked.push(`new ${JSON.stringify(block)}`),
  runInTerminal: (text) => asked.push(`run ${text}`),
  openLink: (href) => asked.push(`open ${href}`),
};

/** Makes a view in the page. */
function createView(openLimit?: number): MarkdownView {
  const view = new MarkdownView(actions, openLimit === undefined ? {} : { openLimit });
  document.body.append(view.element);
  return view;
}

/** Resolves when all colours are there. */
async function settled(): Promise<void> {
  await new Promise<void>((resolve) => {
    whenHighlighterLoaded(resolve);
  });
  await new Promise<void>((resolve) => {
    whenMathLoaded(resolve);
  });
  await whenIdle();
}

/** Renders a document as a stream of pieces. */
function renderStream(pieces: readonly string[], openLimit: number): HTMLElement {
  const view = createView(openLimit);
  for (const piece of pieces) view.append(piece);
  view.end();
  return view.element;
}

/** Renders a whole document with nothing of what makes streams cheap. */
function renderWhole(source: string): HTMLElement {
  const element = document.createElement('div');
  element.className = 'markdown';
  const text = source.replaceAll(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
  const env = asComplete({ references: {} });
  const nodes = renderBlocks(parseBlocks(text, env), { t: actions.t, env, lines: text.split('\n') });
  const sections = new BlockSections(element);
  reconcile(
    (index) => sections.sectionOf(index),
    [],
    nodes,
    (info, topLevel) => new CodeBlock(info, topLevel, actions),
  );
  finishCode(nodes);
  arrangeFootnotes(element, actions.t);
  document.body.append(element);
  return element;
}

/** For each document given in pieces: its HTML as a stream, and as a whole. */
async function compare(documents: readonly string[][], openLimit: number): Promise<[string, string][]> {
  const elements = documents.map(
    (pieces) => [renderStream(pieces, openLimit), renderWhole(pieces.join(''))] as const,
  );
  await settled();
  return elements.map(([stream, whole]) => [finalHtml(stream), finalHtml(whole)]);
}

function finalHtml(element: HTMLElement): string {
  element.remove();
  // Set by the layout and not by the text.
  for (const scroller of element.querySelectorAll('[tabindex]')) scroller.removeAttribute('tabindex');
  return element.outerHTML;
}

/**
 * Streams documents and compares what is shown after each piece with what is shown at the end.
 *
 * @returns For each document what was taken back, and after which text; '' for nothing.
 */
function flashes(documents: readonly string[][], openLimit: number): string[] {
  return documents.map((pieces) => {
    const view = createView(openLimit);
    const drawn = pieces.map((piece) => {
      view.append(piece);
      return readDrawn(view.element);
    });
    view.end();
    const final = readDrawn(view.element);
    view.element.remove();
    const found = drawn
      .map((now, index) => [takenBack(now, final), index] as const)
      .filter(([problem]) => problem !== undefined)
      .map(
        ([problem, index]) =>
          `${problem ?? ''} after ${JSON.stringify(
            pieces
              .slice(0, index + 1)
              .join('')
              .slice(-40),
          )}`,
      );
    return found.join('\n');
  });
}

/**
 * Streams documents and compares what is shown after each piece with what is shown of the same text in one piece.
 *
 * @returns For each document the first difference, as the text and both results; '' for none.
 */
function detours(documents: readonly string[][]): string[] {
  return documents.map((pieces) => {
    const view = createView(Infinity);
    let text = '';
    let found = '';
    for (const piece of pieces) {
      view.append(piece);
      text += piece;
      const atOnce = createView(Infinity);
      atOnce.append(text);
      const [streamed, expected] = [shownHtml(view.element), shownHtml(atOnce.element)];
      atOnce.element.remove();
      if (streamed === expected) continue;
      found = `${JSON.stringify(text)}\n${streamed}\n${expected}`;
      break;
    }
    view.element.remove();
    return found;
  });
}

/** The HTML without the colours of code and the drawings of formulas, which come later. */
function shownHtml(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const code of copy.querySelectorAll('pre')) code.replaceChildren(code.textContent);
  for (const formula of copy.querySelectorAll('.markdown-math'))
    formula.replaceWith(formula.querySelector('.markdown-math-source')?.textContent ?? '');
  for (const scroller of copy.querySelectorAll('[tabindex]')) scroller.removeAttribute('tabindex');
  return copy.innerHTML;
}

const tools = { asked, createView, settled, compare, flashes, detours };

declare global {
  interface Window {
    /** What the page offers to the tests. */
    markdown: typeof tools;
  }
}

window.markdown = tools;
