import * as vscode from 'vscode';

/** VS Code's class for reasoning. The stable types lack it, but all supported versions have it. */
type ThinkingPartClass = new (value: string) => object;

function thinkingPartClass(): ThinkingPartClass | undefined {
  const found: unknown = Reflect.get(vscode, 'LanguageModelThinkingPart');
  return typeof found === 'function' ? (found as ThinkingPartClass) : undefined;
}

/** True for a part with reasoning. */
export function isThinkingPart(part: unknown): boolean {
  const ThinkingPart = thinkingPartClass();
  return ThinkingPart !== undefined && part instanceof ThinkingPart;
}

/** Makes a part with reasoning; undefined if this VS Code has none. */
export function newThinkingPart(text: string): object | undefined {
  const ThinkingPart = thinkingPartClass();
  return ThinkingPart && new ThinkingPart(text);
}
