/** streamdown as it comes: code is coloured by a plugin of its own, which is not loaded. */
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
    root.render(createElement(Streamdown, null, source));
  },
});
