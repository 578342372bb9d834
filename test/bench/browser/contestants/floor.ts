/** What nobody can be faster than: the text is only put below what is there, paragraph by paragraph, and never read. */
import { offer } from '../driver';
import { createColumn } from '../plainPage';

const column = createColumn();
const blocksPerSection = 16;
let blocks = 0;
let section = addSection();
let open: Text | undefined;

function addSection(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'section';
  column.append(element);
  return element;
}

function addBlock(): Text {
  if (blocks > 0 && blocks % blocksPerSection === 0) section = addSection();
  blocks += 1;
  const text = document.createTextNode('');
  const block = document.createElement('p');
  block.append(text);
  section.append(block);
  return text;
}

offer({
  fillStep: 1600,
  append: (text) => {
    const [first = '', ...others] = text.split('\n\n');
    open ??= addBlock();
    open.appendData(first);
    for (const part of others) {
      open = addBlock();
      open.appendData(part);
    }
  },
});
