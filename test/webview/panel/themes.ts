import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../support/startVSCode';

/** The kinds of theme that VS Code knows, each by its default theme. */
export const themeNames = ['light', 'dark', 'hc-light', 'hc-dark'] as const;

export type ThemeName = (typeof themeNames)[number];

/** What VS Code's page of a webview has for a theme. */
export interface Theme {
  readonly bodyClass: string;
  /** `--vscode-…` variables with their values, as a running VS Code had them. */
  readonly variables: Readonly<Record<string, string>>;
}

const bodyClasses: Record<ThemeName, string> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'hc-light': 'vscode-high-contrast vscode-high-contrast-light',
  'hc-dark': 'vscode-high-contrast',
};

/** Reads a theme from the values beside this file. */
export async function readTheme(name: ThemeName): Promise<Theme> {
  const text = await readFile(join(root, 'test/webview/panel/themes.json'), 'utf8');
  const themes = JSON.parse(text) as Record<ThemeName, Record<string, string>>;
  return { bodyClass: bodyClasses[name], variables: themes[name] };
}
