import type { Surroundings } from './vector';

const words = 'So it is said, and so it stands.';

/** Places in a Markdown document where a text may stand. */
export const surroundings: readonly Surroundings[] = [
  (text) => text,
  (text) => `${words} ${text} ${words}`,
  (text) => `# ${text}`,
  (text) => `${text}\n===`,
  (text) => `> ${text}\n> ${words}`,
  (text) => `> [!WARNING]\n> ${text}`,
  (text) => `> [!NOTE] ${text}\n> ${words}`,
  (text) => `1. ${text}\n2. ${words}\n   - ${text}`,
  (text) => `- [ ] ${text}\n- [x] ${text}`,
  (text) => `| ${text.replaceAll('\n', ' ')} | b |\n|:--|--:|\n| a | ${text.replaceAll('\n', ' ')} |`,
  (text) => `**${text}** _${text}_ ~~${text}~~`,
  (text) => `\`${text}\``,
  (text) => `    ${text}`,
  (text) => `\`\`\`html\n${text}\n\`\`\``,
  (text) => `~~~ ${text.replaceAll('\n', ' ')}\n${words}\n~~~`,
  (text) => `\`\`\`${text.replaceAll(/[\n`]/g, ' ')}\n${text}`,
  (text) => `[${text}](https://example.invalid/ "${text}")`,
  (text) => `![${text}](https://example.invalid/p.png "${text}")`,
  (text) => `${words}[^1]\n\n[^1]: ${text}`,
  (text) => `[${text}]\n\n[${text}]: https://example.invalid/ '${text}'`,
  (text) => `$${text}$ and $$${text}$$`,
  (text) => `\\(${text}\\) and \\[${text}\\]`,
  (text) => `\`\`\`mermaid\nflowchart LR\n  A["${text.replaceAll('\n', ' ')}"] --> B\n\`\`\``,
  (text) => `<think>${text}</think>${words}`,
];
