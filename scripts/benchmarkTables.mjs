/** @typedef {import('../test/bench/figure').Figure} Figure */

/**
 * The figures as a table of columns of equal width.
 *
 * @param {readonly Figure[]} figures
 */
export function tableOf(figures) {
  const rows = figures.map((figure) => cellsOf(figure));
  const table = [['benchmark', 'Parley', 'floor', 'goal', 'peers'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * The figures as a table in Markdown.
 *
 * @param {readonly Figure[]} figures
 */
export function markdownTableOf(figures) {
  const rows = figures.map((figure) => {
    const [name, ours, floor, goal, ...peers] = cellsOf(figure);
    return [`\`${name}\``, ours, goal, floor, peers.join(', ')];
  });
  const table = [
    ['figure', 'Parley', 'goal', 'floor', 'peers'],
    ['---', '---', '---', '---', '---'],
    ...rows,
  ];
  return table.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/**
 * Says which goals were missed.
 *
 * @param {readonly Figure[]} figures
 * @returns {string | undefined} One sentence; undefined when all hold.
 */
export function missedGoals(figures) {
  const missed = figures.flatMap(({ name, goals = [] }) => {
    const texts = goals.filter(({ holds }) => !holds).map(({ text }) => text);
    return texts.length > 0 ? [`${name} (${texts.join(', ')})`] : [];
  });
  return missed.length === 0 ? undefined : `Goals are missed: ${missed.join(', ')}.`;
}

/**
 * Name, ours, floor, goals, and each of the peers.
 *
 * @param {Figure} figure
 */
function cellsOf({ name, unit, ours, floor, peers, ratio, goals = [] }) {
  return [
    name,
    `${rounded(ours)} ${unit}`,
    floor === undefined ? '' : `${rounded(floor)} (× ${rounded(ratio['floor'])})`,
    goals.map(({ text, holds }) => `${text} ${holds ? '✓' : '✗'}`).join(', '),
    ...Object.entries(peers).map(([peer, value]) => `${peer} ${rounded(value)} (× ${rounded(ratio[peer])})`),
  ];
}

/**
 * Three digits are more than a busy machine is sure of.
 *
 * @param {number | undefined} value
 */
function rounded(value = Number.NaN) {
  return Number.isFinite(value) && value !== 0
    ? value.toFixed(Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))))
    : String(value);
}
