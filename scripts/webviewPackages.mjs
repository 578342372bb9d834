/** Packages that the webview's bundle replaces with smaller ones of the same use, for esbuild's `alias`. */
export const webviewPackages = {
  // Parley draws formulas with Temml, so Mermaid's KaTeX stays out.
  katex: './scripts/noKatex.mjs',
  entities: './scripts/browserEntities.mjs',
  'linkify-it': './scripts/webLinks.mjs',
  mdurl: './scripts/noUrlTools.mjs',
  'punycode.js': './scripts/noUrlTools.mjs',
  'uc.micro': './scripts/unicodeKinds.mjs',
};
