/** The usual way: react-markdown renders the whole message anew. */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import Markdown from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import remarkGfm from 'remark-gfm';
import { offerAsking } from './vscodeApi';

const place = document.getElementById('usual') ?? document.body;
const root = createRoot(place);
const plugins = { remarkPlugins: [remarkGfm], rehypePlugins: [rehypeHighlight] };
const scroller = document.documentElement;

addEventListener('message', ({ data }: MessageEvent<{ text: string }>) => {
  root.render(createElement(Markdown, plugins, data.text));
});
new ResizeObserver(() => {
  scroller.scrollTop = scroller.scrollHeight;
}).observe(place);
offerAsking(() => {
  root.render(createElement('p', null, ''));
});
