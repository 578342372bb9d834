/** A bright and a dark colour: on every picture, one of them can be seen. */
const bright = '#ff3d81';
const dark = '#7a0038';
/** The distance of the stripes in CSS pixels. */
const distance = 8;

/**
 * The stripes that mark the painted part. A pattern, because one colour could be that of the picture.
 *
 * @param pixelRatio Device pixels for a CSS pixel.
 */
export function maskPattern(context: CanvasRenderingContext2D, pixelRatio: number): CanvasPattern {
  const side = Math.max(4, Math.round(distance * pixelRatio));
  const tile = new OffscreenCanvas(side, side);
  const drawn = tile.getContext('2d');
  if (drawn === null) throw new Error('The pattern cannot be drawn.');
  drawn.fillStyle = bright;
  drawn.fillRect(0, 0, side, side);
  drawn.strokeStyle = dark;
  drawn.lineWidth = side / 5;
  // Three parallel lines, so that the stripe goes on in the next tile.
  for (const shift of [-side, 0, side]) {
    drawn.beginPath();
    drawn.moveTo(shift - 1, side + 1);
    drawn.lineTo(shift + side + 1, -1);
    drawn.stroke();
  }
  const pattern = context.createPattern(tile, 'repeat');
  if (pattern === null) throw new Error('The pattern cannot be made.');
  return pattern;
}
