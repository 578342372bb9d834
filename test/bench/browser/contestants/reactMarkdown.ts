/** react-markdown with remark-gfm and rehype-highlight, as most chats in React draw their answers. */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import Markdown from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import remarkGfm from 'remark-gfm';
import { offer } from '../driver';
import { createColumn } from '../plainPage';

const root = createRoot(createColumn());
let source = '';
offer({
  fillStep: Infinity,
  append: (text) => {
    source += text;
    const plugins = { remarkPlugins: [remarkGfm], rehypePlugins: [rehypeHighlight] };
    root.render(createElement(Markdown, plugins, source));
  },
});
