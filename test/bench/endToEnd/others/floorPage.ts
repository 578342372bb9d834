/** The floor: puts each piece of text below what is there. */
import { offerAsking } from './vscodeApi';

const place = document.getElementById('floor') ?? document.body;
const text = document.createTextNode('');
place.append(text);
const scroller = document.documentElement;

addEventListener('message', ({ data }: MessageEvent<string>) => {
  text.appendData(data);
  scroller.scrollTop = scroller.scrollHeight;
});
offerAsking(() => {
  text.data = '';
});
