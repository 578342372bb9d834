/** streaming-markdown with its own renderer; code stays plain. */
import { default_renderer, parser, parser_write } from 'streaming-markdown';
import { offer } from '../driver';
import { createColumn } from '../plainPage';

const open = parser(default_renderer(createColumn()));
offer({
  fillStep: 1600,
  append: (text) => {
    parser_write(open, text);
  },
});
