/** markdown-it and highlight.js, which render the whole answer with every delta. */
import hljs from 'highlight.js';
import MarkdownIt from 'markdown-it';
import { offer } from '../driver';
import { createColumn } from '../plainPage';

const column = createColumn();
const renderer = new MarkdownIt({
  linkify: true,
  highlight: (code, language) =>
    hljs.getLanguage(language) === undefined
      ? ''
      : hljs.highlight(code, { language, ignoreIllegals: true }).value,
});
let source = '';
offer({
  fillStep: Infinity,
  append: (text) => {
    source += text;
    column.innerHTML = renderer.render(source);
  },
});
