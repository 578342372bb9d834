/** What a command can do that cannot be undone. */
export type CommandRisk =
  'disk' | 'database' | 'resources' | 'git' | 'files' | 'hidden' | 'download' | 'system' | 'rights';

/** Where a command's name can begin: at the start, after a sign of the shell, after a folder. */
const name = String.raw`(?:^|[\s;&|({"'\x60/\\])`;
const after = String.raw`(?:\.exe)?(?=$|[\s;&|)}"'\x60])`;

/** Of a command name. */
function named(names: string, rest = ''): RegExp {
  return new RegExp(`${name}(?:${names})${after}${rest}`, 'im');
}

/** Arguments up to the end of the command. */
const toEnd = String.raw`[^;&|\n]{0,400}`;

/** The most severe come first. */
const risks: readonly (readonly [CommandRisk, readonly RegExp[]])[] = [
  [
    'disk',
    [
      named('dd', String.raw`${toEnd}\bof=`),
      new RegExp(String.raw`${name}mkfs(?:\.\w{1,10})?${after}`, 'im'),
      named('fdisk|sfdisk|parted|wipefs|shred|diskpart|format-volume|clear-disk|blkdiscard|mkswap'),
      named('diskutil', String.raw`\s{1,9}(?:erase|partition|zero|secureErase)`),
      new RegExp(String.raw`${name}format(?:\.com)?\s{1,9}[a-z]:`, 'im'),
      />\s{0,9}\/dev\/(?:sd|hd|nvme|vd|mmcblk|disk)/i,
    ],
  ],
  [
    'database',
    [
      /\bdrop\s{1,9}(?:table|database|schema|view|index|user|role|collection|tablespace)\b/i,
      /\btruncate\s{1,9}table\b/i,
      /\bdelete\s{1,9}from\b/i,
      named('dropdb|dropuser'),
      /\b(?:flushall|flushdb|dropdatabase)\b/i,
    ],
  ],
  [
    'resources',
    [
      named('kubectl|oc', String.raw`\s${toEnd}\b(?:delete|drain|replace${toEnd}--force)\b`),
      named('helm', String.raw`\s${toEnd}\b(?:uninstall|delete)\b`),
      named('terraform|tofu|pulumi|cdk', String.raw`\s${toEnd}\bdestroy\b`),
      named('docker|podman|docker-compose', String.raw`${toEnd}\s(?:prune\b|rmi?\b|down${toEnd}\s-v)`),
      named(
        'aws|gcloud|az|gsutil|aliyun|tccli|ossutil|coscli|doctl|heroku|gh|rclone|mc',
        String.raw`\s${toEnd}(?:\b(?:delete|destroy|purge|terminate|rm|rb|apps:destroy)\b|\bdelete-|\bterminate-)`,
      ),
      named('npm|pnpm|yarn|cargo', String.raw`\s{1,9}(?:unpublish|yank)`),
    ],
  ],
  [
    'git',
    [
      named(
        'git',
        String.raw`\s${toEnd}\bpush\b${toEnd}(?:\s--force|\s-[a-z]{0,9}f|\s--mirror|\s--delete|\s-d\b|\s\+|\s:)`,
      ),
      named('git', String.raw`\s${toEnd}\breset\b${toEnd}\s--(?:hard|merge)`),
      named('git', String.raw`\s${toEnd}\bclean\b${toEnd}\s-`),
      named('git', String.raw`\s${toEnd}\b(?:restore|filter-branch|filter-repo|update-ref)\b`),
      named('git', String.raw`\s${toEnd}\bcheckout\b${toEnd}\s(?:--?f|--\s|--$|\.)`),
      named('git', String.raw`\s${toEnd}\bswitch\b${toEnd}\s(?:--discard-changes|--?f)`),
      named('git', String.raw`\s${toEnd}\b(?:branch|tag)\b${toEnd}\s(?:-[dD]|--delete)`),
      named('git', String.raw`\s${toEnd}\bstash\s{1,9}(?:drop|clear)`),
      named('git', String.raw`\s${toEnd}\breflog\s{1,9}(?:expire|delete)`),
    ],
  ],
  [
    'hidden',
    [
      named('eval|iex|invoke-expression'),
      /\s-e(?:nc|ncodedcommand)?\s{1,9}[a-z0-9+/]{40}/i,
      /\bbase64\s{1,9}(?:-d|-D|--decode)/,
    ],
  ],
  [
    'download',
    [
      /\b(?:curl|wget|fetch|iwr|irm)\b[^\n]{0,400}\|\s{0,9}(?:sudo\s{1,9})?(?:\S{0,40}\/)?(?:ba|z|da|k|fi)?sh\b/i,
      /\b(?:curl|wget|fetch|iwr|irm)\b[^\n]{0,400}\|\s{0,9}(?:sudo\s{1,9})?(?:python|node|perl|ruby|pwsh|powershell)/i,
      /\b(?:ba|z|da|k|fi)?sh\b\s{1,9}(?:-c\s{1,9}["']?)?[<$]\(\s{0,9}(?:curl|wget)/i,
    ],
  ],
  [
    'files',
    [
      named('rm|rmdir|rd|del|erase|unlink|srm|trash|ri|remove-item|truncate|clear-content|clear-recyclebin'),
      named('find|fd', String.raw`[^\n]{0,400}\s-delete\b`),
      named('rsync|robocopy', String.raw`${toEnd}\s(?:--delete|--remove-source|\/mir|\/purge)`),
      /\brmtree\b|\brmsync\b|\bunlinksync\b/i,
      /\[System\.IO\.(?:File|Directory)\]::Delete/i,
    ],
  ],
  [
    'system',
    [
      named(
        'shutdown|reboot|halt|poweroff|killall|pkill|taskkill|stop-process|restart-computer|stop-computer',
      ),
      named('kill', String.raw`\s${toEnd}\s?-(?:9|kill|sigkill)\b`),
      named('init', String.raw`\s{1,9}[06]\b`),
      named('userdel|deluser|groupdel|usermod|visudo|update-grub|bcdedit'),
      named('crontab', String.raw`\s${toEnd}-r\b`),
      named('iptables|nft|ufw', String.raw`${toEnd}\s(?:-F|--flush|\bflush\b|\breset\b|\bdisable\b)`),
      named('reg', String.raw`\s{1,9}delete\b`),
      /:\s{0,9}\(\s{0,9}\)\s{0,9}\{/,
    ],
  ],
  [
    'rights',
    [
      named(
        'chmod|chown|chgrp|icacls|takeown|setfacl',
        String.raw`${toEnd}\s(?:-[a-z]{0,5}R|--recursive|\/t\b|\/r\b|777)`,
      ),
    ],
  ],
];

/**
 * What a command can do that cannot be undone; the most severe if there are several. Quoted text counts as well: a warning too many
 * costs a look.
 *
 * @param command Lines of a shell, without escape sequences. Only the beginning is read.
 */
export function commandRisk(command: string): CommandRisk | undefined {
  const text = command.slice(0, longest);
  return risks.find(([, patterns]) => patterns.some((pattern) => pattern.test(text)))?.[0];
}

/** Of a command that is examined, in UTF-16 units. */
const longest = 20_000;
