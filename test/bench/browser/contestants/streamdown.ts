/** streamdown with its plugin that colours code. */
import { code } from '@streamdown/code';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { Streamdown } from 'streamdown';
import { offer } from '../driver';
import { createColumn } from '../plainPage';

const root = createRoot(createColumn());
let source = '';
offer({
  fillStep: Infinity,
  append: (text) => {
    source += text;
    root.render(createElement(Streamdown, { plugins: { code } }, source));
  },
});
