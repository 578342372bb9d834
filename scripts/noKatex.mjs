/**
 * Stands for KaTeX in Mermaid, which loads it for formulas in labels. Parley draws formulas with Temml, and hands Mermaid none
 * (see `src/webview/markdown/diagram/drawDiagram.ts`).
 */
export default {
  /** @returns {never} */
  renderToString() {
    throw new Error('Formulas in diagrams are not drawn.');
  },
};
