/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- A list's type says what its functions take and return. */
import type { Random } from '../random';
import type { Bait, Disguise, Family, Surroundings, Vector } from './vector';

/** Addresses that act, read or tell when they are opened, or merely shown. */
export const addresses: readonly Vector[] = [
  ({ script }) => `javascript:${script}`,
  ({ script }) => `javascript://example.invalid/%0a${script}`,
  ({ script }) => `javascript:"<svg/onload=${script}>"`,
  ({ script }) => `vbscript:${script}`,
  ({ script }) => `livescript:${script}`,
  ({ script }) => `mocha:${script}`,
  ({ script }) => `data:text/html,<script>${script}</script>`,
  ({ script }) => `data:text/html;base64,${btoa(`<script>${script}</script>`)}`,
  ({ script }) =>
    `data:application/xhtml+xml,<x:script xmlns:x="http://www.w3.org/1999/xhtml">${script}</x:script>`,
  ({ script, url }) =>
    `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="${script}"><script>${script}</script><image href="${url}"/></svg>`,
  ({ script, url }) =>
    `data:image/svg+xml;base64,${btoa(`<svg xmlns="http://www.w3.org/2000/svg" onload="${script}"><style>@import "${url}"</style><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="${url}"/></foreignObject></svg>`)}`,
  ({ url }) => `data:text/css,@import "${url}"`,
  ({ script }) => `data:text/javascript,${script}`,
  ({ script }) => `data:,${script}`,
  () => 'data:image/png;base64,AAAA',
  () => 'data:video/mp4;base64,AAAA',
  () => `data:image/gif;base64,${'R0lGODlh'.repeat(200)}`,
  () => 'blob:null/00000000-0000-0000-0000-000000000000',
  ({ url }) => `blob:${url}`,
  () => 'about:blank',
  () => 'about:srcdoc',
  () => 'chrome://settings/',
  () => 'devtools://devtools/bundled/inspector.html',
  () => 'view-source:file:///etc/passwd',
  () => 'file:///etc/passwd',
  () => 'file://server/share/x.lnk',
  () => 'file:///c:/windows/system32/calc.exe',
  () => '\\\\server\\share\\x.scf',
  ({ host }) => `//${host}/share`,
  ({ host }) => `\\/\\/${host}/share`,
  ({ host }) => `/\\${host}/share`,
  () => 'smb://server/share',
  () => 'ms-msdt:/id%20PCWDiagnostic%20/skip%20force',
  () => 'search-ms:query=x&crumb=location:\\\\server\\share',
  () => 'command:workbench.action.terminal.new',
  () => 'command:workbench.action.files.newUntitledFile?%5B%7B%7D%5D',
  () => `command:workbench.action.terminal.sendSequence?${encodeURIComponent('{"text":"id\\n"}')}`,
  () => 'command:parley.removeApiKey',
  () => 'vscode://ms-python.python/x',
  () => 'vscode-insiders://file/etc/passwd',
  () => 'vscode:extension/evil.evil',
  () => 'vscode-webview://x/index.html',
  () => 'vscode-resource://file///etc/passwd',
  () => 'vscode-file://vscode-app/etc/passwd',
  () => 'vscode-remote://ssh-remote+x/etc/passwd',
  () => 'https://vscode-remote+localhost-003a1.vscode-resource.vscode-cdn.net/etc/passwd',
  () => 'vscode-userdata:/User/settings.json',
  () => 'untitled:/etc/passwd',
  () => 'code-oss://x',
  () => 'tel:+1',
  () => 'sms:+1',
  () => 'facetime:x',
  () => 'ssh://-oProxyCommand=id/x',
  () => 'telnet://x',
  () => 'ldap://x',
  () => 'jar:http://example.invalid!/x',
  () => 'intent://x#Intent;scheme=http;end',
  () => 'filesystem:http://localhost/temporary/x',
  () => 'ws://localhost/x',
  ({ host }) => `ftp://${host}/x`,
  ({ host }) => `http:${host}/x`,
  ({ host }) => `http:/${host}/x`,
  ({ host }) => `http:\\\\${host}\\x`,
  ({ host }) => `http:///${host}/x`,
  ({ host }) => `https:////${host}/x`,
  ({ host }) => `http://user:pass@${host}/x`,
  ({ host }) => `http://example.invalid@${host}/`,
  ({ host }) => `http://example.invalid%2f@${host}/`,
  ({ host }) => `http://${host}#@example.invalid/`,
  () => 'http://[::1]:1/x',
  () => 'http://0x7f.1:1/x',
  () => 'http://2130706433:1/x',
  () => 'http://\u0430\u0440\u0440\u04cf\u0435.invalid/',
  () => 'http://xn--80ak6aa92e.invalid/',
  () => 'http://ex\u00adample.invalid/',
  () => 'http://example\u3002invalid/',
  () => 'http://example.invalid/\u202egpj.exe',
  () => 'http://exa\u200bmple.invalid/',
  () => 'http://example.invalid\uff0fevil/',
  ({ url }) => url,
  ({ url }) => `${url}?secret=`,
  () => `http://example.invalid/${'a'.repeat(5_000)}`,
  () => 'http://%',
  () => 'http://',
  () => 'https://\0',
  () => 'mailto:a@b.invalid?body=x&attach=/etc/passwd',
  () => `mailto:${'a'.repeat(3_000)}@b.invalid`,
  () => '#root',
  () => '?x',
  () => '../../../../etc/passwd',
  () => '.',
  () => '',
  () => ' ',
  () => '__proto__',
];

const disguises: readonly Disguise[] = [
  (address) => address,
  (address) => address.toUpperCase(),
  (address) =>
    address.replace(/^\w+/, (scheme) =>
      scheme.replaceAll(/(.)(.?)/g, (_, a: string, b: string) => a + b.toUpperCase()),
    ),
  (address) => ` ${address}`,
  (address) => `\u0001${address}`,
  (address) => `\u00a0${address}`,
  (address) => `\u2028${address}`,
  (address) => `\ufeff${address}`,
  (address) => `\u200e${address}`,
  (address) => address.replace(/^(..)/, '$1\t'),
  (address) => address.replace(/^(..)/, '$1\n'),
  (address) => address.replace(/^(..)/, '$1\r'),
  (address) => address.replace(/^(..)/, '$1\0'),
  (address) => address.replace(':', '&colon;'),
  (address) => address.replace(':', '&#58;'),
  (address) => address.replace(':', '&#x3a'),
  (address) => address.replace(':', '&#0000000058'),
  (address) => address.replace(':', '%3A'),
  (address) => address.replace(':', '\\:'),
  (address) => address.replace(':', '\uff1a'),
  (address) => address.replaceAll(/[a-z]/g, (letter) => `&#x${letter.charCodeAt(0).toString(16)};`),
  (address) => address.replace(/^\w/, (letter) => `&#${String(letter.charCodeAt(0))};`),
  (address) => address.replace(/^\w/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (address) => encodeURIComponent(address),
  (address) => `url:${address}`,
  (address) => `https://example.invalid/?u=${address}`,
  (address) => `http://x"onmouseover="${address}`,
  (address) => `${address}"><img src=x>`,
];

const forms: readonly Surroundings[] = [
  (address) => `[x](${address})`,
  (address) => `[x](<${address}>)`,
  (address) => `[x](${address} "title")`,
  (address) => `[x](  ${address}  'a"b')`,
  (address) => `[x][r]\n\n[r]: ${address}`,
  (address) => `[x][r]\n\n[r]: <${address}> "t"`,
  (address) => `[r]\n\n[r]:\n${address}`,
  (address) => `![x](${address})`,
  (address) => `![x](<${address}> "t")`,
  (address) => `[![x](${address})](${address})`,
  (address) => `[![x][r]][r]\n\n[r]: ${address}`,
  (address) => `![[x](${address})](${address})`,
  (address) => `<${address}>`,
  (address) => address,
  (address) => `See ${address}, or (${address}).`,
  (address) => `**[x](${address})** ~~[y](${address})~~`,
  (address) => `# [x](${address})`,
  (address) => `> [x](${address})`,
  (address) => `| [x](${address}) |\n|---|\n| ![x](${address}) |`,
  (address) => `x[^a]\n\n[^a]: [x](${address})`,
  (address) => `[^${address}]: x\n\n[^${address}]`,
  (address) => `- [ ] [x](${address})`,
  (address) => `[\`${address}\`](${address})`,
  (address) => `[$x$](${address})`,
  (address) => `$\\href{${address}}{x}$`,
  (address) => `$$\\url{${address}} \\includegraphics[width=1em]{${address}}$$`,
  (address) => `<a href="${address}">x</a><img src="${address}">`,
  (address) => `\`\`\`mermaid\nflowchart LR\n  A[x] --> B\n  click A "${address}" "t" _self\n\`\`\``,
  (address) => `\`\`\`mermaid\nflowchart LR\n  A@{ img: "${address}", label: "x" }\n\`\`\``,
  (address) => `\`\`\`js ${address}\nx\n\`\`\``,
  (address) => `In \`${address}\`:\n\n\`\`\`js\nx\n\`\`\``,
  (address) => `<video controls src="${address}"></video> <audio src='${address}'></audio>`,
  (address) => `[${address}](https://example.invalid/)`,
];

/** One address, as it stands in a list of an answer's pictures. */
export function someAddress(random: Random): Vector {
  const address = random.pick(addresses);
  const disguise = random.pick(disguises);
  return (bait: Bait) => disguise(address(bait));
}

/** Links and pictures of every scheme. */
export const links: Family = {
  name: 'address',
  share: 20,
  chosen: addresses.map(
    (address): Vector =>
      (bait) =>
        `[link](<${address(bait)}>) ![picture](<${address(bait)}>) <${address(bait)}> ${address(bait)}`,
  ),
  generate: (random) => {
    const address = someAddress(random);
    const form = random.pick(forms);
    const second = random.number(4) === 0 ? random.pick(forms) : undefined;
    return (bait) => {
      const text = form(address(bait));
      return second === undefined ? text : `${text}\n\n${second(address(bait))}`;
    };
  },
};
