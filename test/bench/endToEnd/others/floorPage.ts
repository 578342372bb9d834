/** The floor: puts each piece of text below what is there, a paragraph for each, and the end into sight once a frame. */
import { offerAsking } from './vscodeApi';

const place = document.getElementById('floor') ?? document.body;
const scroller = document.documentElement;
let paragraph = addParagraph();
let isScrolling = false;

function addParagraph(): Text {
  const element = document.createElement('p');
  const text = document.createTextNode('');
  element.append(text);
  place.append(element);
  return text;
}

addEventListener('message', ({ data }: MessageEvent<string>) => {
  for (const [index, piece] of data.split('\n\n').entries()) {
    if (index > 0) paragraph = addParagraph();
    paragraph.appendData(piece);
  }
  if (isScrolling) return;
  isScrolling = true;
  requestAnimationFrame(() => {
    isScrolling = false;
    scroller.scrollTop = scroller.scrollHeight;
  });
});
offerAsking(() => {
  place.replaceChildren();
  paragraph = addParagraph();
});
