/** Makes the scrolling column of a contestant that has no page of its own; its end stays in view. */
export function createColumn(): HTMLElement {
  const style = document.createElement('style');
  style.textContent = `
    html, body { height: 100%; margin: 0; }
    body { color: #ccc; background: #181818; font: 13px/1.5 sans-serif; }
    #scroller { height: 100%; overflow: hidden auto; overflow-wrap: break-word; }
    pre { overflow-x: auto; font: 12px/1.45 monospace; }
    .section { content-visibility: auto; contain-intrinsic-size: auto none auto 50em; }`;
  const scroller = document.createElement('div');
  scroller.id = 'scroller';
  const column = document.createElement('div');
  scroller.append(column);
  document.head.append(style);
  document.body.append(scroller);
  new ResizeObserver(() => {
    scroller.scrollTop = scroller.scrollHeight;
  }).observe(column);
  return column;
}
