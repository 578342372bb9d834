/** Mermaid's variables for its theme `base`. */
export interface DiagramTheme extends Readonly<Record<string, string | boolean>> {
  readonly fontFamily: string;
  readonly background: string;
}

/** The colours of VS Code's theme for diagrams. They are resolved, because Mermaid calculates with them. */
export function diagramTheme(): DiagramTheme {
  const { classList } = document.body;
  const isLight = classList.contains('vscode-light') || classList.contains('vscode-high-contrast-light');
  const isHighContrast =
    classList.contains('vscode-high-contrast') || classList.contains('vscode-high-contrast-light');
  const text = colour('--vscode-editor-foreground', isLight ? '#1f1f1f' : '#cccccc');
  const background = colour('--vscode-editor-background', isLight ? '#ffffff' : '#1f1f1f');
  const contrast = colour('--vscode-contrastBorder', text);
  const line = isHighContrast ? contrast : mix(text, background, 0.6);
  const fill = isHighContrast
    ? background
    : mix(colour('--vscode-textLink-foreground', '#3794ff'), background, 0.16);
  const second = isHighContrast ? background : mix(text, background, 0.1);
  const border = isHighContrast
    ? contrast
    : mix(colour('--vscode-textLink-foreground', '#3794ff'), background, 0.6);
  return {
    fontFamily: getComputedStyle(document.body).fontFamily.replaceAll('"', "'"),
    fontSize: '14px',
    darkMode: !isLight,
    background,
    primaryColor: fill,
    primaryTextColor: text,
    primaryBorderColor: border,
    secondaryColor: second,
    secondaryTextColor: text,
    secondaryBorderColor: line,
    tertiaryColor: background,
    tertiaryTextColor: text,
    tertiaryBorderColor: line,
    lineColor: line,
    textColor: text,
    titleColor: text,
    mainBkg: fill,
    nodeTextColor: text,
    edgeLabelBackground: background,
    clusterBkg: second,
    clusterBorder: line,
    noteBkgColor: second,
    noteTextColor: text,
    noteBorderColor: line,
    actorLineColor: line,
    signalColor: text,
    signalTextColor: text,
    labelTextColor: text,
    loopTextColor: text,
    ...scales(text, background, isHighContrast ? 0 : 0.22),
  };
}

/** VS Code's colours for charts, and their values in the default dark theme. */
const charts = [
  ['--vscode-charts-blue', '#3794ff'],
  ['--vscode-charts-green', '#89d185'],
  ['--vscode-charts-orange', '#d18616'],
  ['--vscode-charts-purple', '#b180d7'],
  ['--vscode-charts-yellow', '#cca700'],
  ['--vscode-charts-red', '#f14c4c'],
] as const;

/**
 * The colours of sections, branches and slices. Mermaid would calculate them by rotating the hue of the first, which
 * gives black on a dark background.
 *
 * @param share The share of each colour in the fill; the rest is background.
 */
function scales(text: string, background: string, share: number): Record<string, string> {
  const scale: Record<string, string> = {
    scaleLabelColor: text,
    pieTitleTextColor: text,
    pieSectionTextColor: text,
  };
  for (let index = 0; index < 12; index += 1) {
    const [name, fallback] = charts[index % charts.length] ?? charts[0];
    const strong = colour(name, fallback);
    const fill = mix(strong, background, share);
    const number = String(index);
    scale[`cScale${number}`] = fill;
    scale[`cScalePeer${number}`] = strong;
    scale[`cScaleInv${number}`] = strong;
    scale[`cScaleLabel${number}`] = text;
    scale[`pie${String(index + 1)}`] = mix(strong, background, Math.max(share, 0.1) * 2);
    if (index < 8) {
      scale[`fillType${number}`] = fill;
      scale[`git${number}`] = mix(strong, text, 0.8);
      scale[`gitBranchLabel${number}`] = background;
    }
  }
  return {
    ...scale,
    pieStrokeColor: background,
    pieOuterStrokeColor: text,
    pieLegendTextColor: text,
    taskBkgColor: scale['cScale0'] ?? background,
    taskTextColor: text,
    taskTextDarkColor: text,
    taskTextLightColor: text,
    taskTextOutsideColor: text,
    taskBorderColor: scale['cScalePeer0'] ?? text,
    activeTaskBkgColor: scale['cScale1'] ?? background,
    activeTaskBorderColor: scale['cScalePeer1'] ?? text,
    doneTaskBkgColor: mix(text, background, 0.15),
    doneTaskBorderColor: mix(text, background, 0.5),
    critBkgColor: scale['cScale5'] ?? background,
    critBorderColor: scale['cScalePeer5'] ?? text,
    sectionBkgColor: mix(text, background, 0.06),
    altSectionBkgColor: background,
    sectionBkgColor2: mix(text, background, 0.06),
    gridColor: mix(text, background, 0.25),
    quadrantPointFill: scale['cScalePeer0'] ?? text,
    quadrantPointTextFill: text,
  };
}

/** A variable of the theme as `#rrggbb`. */
function colour(name: string, fallback: string): string {
  const value = getComputedStyle(document.body).getPropertyValue(name).trim();
  return toHex(channels(value === '' ? fallback : value));
}

/** Mixes `share` of `front` with `back`. */
function mix(front: string, back: string, share: number): string {
  const behind = channels(back);
  return toHex(channels(front).map((value, index) => value * share + (behind[index] ?? 0) * (1 - share)));
}

/** Red, green and blue of any CSS colour, from 0 to 255, as the browser parses it. */
function channels(value: string): number[] {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (context === null) throw new Error('No canvas to read colours with.');
  context.fillStyle = value;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

function toHex(values: readonly number[]): string {
  return `#${values.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}
