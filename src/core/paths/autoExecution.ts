import { foldedParts, withoutWindowsTail } from './foldedParts';

/**
 * What Parley does before it writes a model's text to a file that some program executes or obeys by itself. `ask`: asks the
 * user first. `tell`: only warns in the title of the diff, because a question for each of these common files would teach
 * people to confirm without reading.
 */
export type AutoExecution = 'ask' | 'tell';

/** Files that programs execute or obey by themselves. Everything is in lower case. */
interface Rules {
  /** Names of folders, or ends of their paths. Every file below them matches. */
  readonly folders: readonly string[];
  /** File names, or ends of paths. */
  readonly names: readonly string[];
  /** Ends of file names. */
  readonly endings: readonly string[];
  /** Patterns of whole file names. */
  readonly patterns: readonly RegExp[];
}

const rules: Readonly<Record<AutoExecution, Rules>> = {
  ask: {
    folders: [
      // Version control and its hooks.
      ...words('.git .hg .svn .bzr .jj .githooks .git-hooks .husky .lefthook .overcommit .config/git'),
      // Editors and their containers.
      ...words('.vscode .vscode-insiders .vscode-oss .vscode-server .vscode-server-insiders .vscode-remote'),
      ...words('.vscodium-server .cursor-server .windsurf-server .devcontainer .idea .zed .fleet .nova'),
      ...words('.vim .emacs.d .config/nvim .config/vim .config/emacs .config/zed .config/helix'),
      // Build tools and package managers that load these files when they start.
      ...words('.mvn .yarn/releases .yarn/plugins'),
      // AI agents: these files instruct them, or run as their hooks, commands or servers.
      ...words(
        '.agent .agents .aider .amazonq .augment .claude .cline .clinerules .codebuddy .codex .continue',
      ),
      ...words('.crush .cursor .gemini .goose .junie .kilocode .kiro .lingma .opencode .openhands .parley'),
      ...words('.qoder .qwen .roo .rules .trae .windsurf .config/opencode .config/goose .config/crush'),
      ...words('.github/agents .github/chatmodes .github/hooks .github/instructions .github/prompts'),
      '.github/skills',
      // Shells, desktop sessions and remote logins.
      ...words(
        '.ssh .bashrc.d .profile.d .zsh .zshrc.d .zfunc .oh-my-zsh .direnv .config/direnv .config/fish',
      ),
      ...words('.config/autostart .config/environment.d .config/nushell .config/powershell .config/systemd'),
      ...words('.config/mise .config/zsh .local/share/systemd library/launchagents library/launchdaemons'),
      ...words(
        'etc/profile.d etc/cron.d etc/cron.daily etc/cron.hourly etc/systemd etc/init.d etc/sudoers.d',
      ),
      ...words('var/spool/cron windowspowershell documents/powershell profile_default/startup'),
      'start menu/programs/startup',
    ],
    names: [
      ...words('.devcontainer.json .git .gitattributes .gitconfig .gitmodules .lfsconfig .hgrc'),
      ...words('.pre-commit-config.yaml .pre-commit-config.yml .overcommit.yml hooks/update proc-receive'),
      ...words('applypatch-msg commit-msg prepare-commit-msg fsmonitor-watchman sendemail-validate'),
      ...words('push-to-checkout reference-transaction'),
      ...words('.npmrc .yarnrc .yarnrc.yml .yarnrc.yaml .pnpmfile.cjs .pnpmfile.mjs .pnpmfile.js'),
      ...words('pip.conf pip.ini .pydistutils.cfg sitecustomize.py usercustomize.py'),
      ...words('.kube/config .aws/config .docker/config.json'),
      ...words(
        '.envrc .direnvrc direnvrc mise.toml .mise.toml mise.local.toml .mise.local.toml .autoenv.zsh',
      ),
      ...words('.profile .login .logout .bash_aliases .bash_functions .aliases .functions .exports .inputrc'),
      ...words('config.fish .zlogin .zlogout .xinitrc .xprofile .xsession .xsessionrc .pam_environment'),
      ...words('.exrc .nvim.lua .nvimrc .vimrc .gvimrc .ideavimrc _vimrc .emacs .dir-locals.el .spacemacs'),
      ...words('.gdbinit .lldbinit .tmux.conf .screenrc .irbrc .pryrc .ghci .rprofile .iex.exs'),
      ...words('.pythonrc .pythonrc.py .pythonstartup .psqlrc .sqliterc .curlrc .wgetrc'),
      ...words('etc/profile etc/crontab etc/sudoers etc/environment crontab'),
      ...words(
        'agents.md agents.local.md agents.override.md claude.md claude.local.md gemini.md qwen.md skill.md',
      ),
      ...words(
        'copilot-instructions.md .cursorrules .windsurfrules .clinerules .roorules .roomodes .goosehints',
      ),
      ...words(
        '.rules .aider.conf.yml .aider.conf.yaml .claude.json opencode.json opencode.jsonc crush.json',
      ),
      ...words('mcp.json .mcp.json mcp_config.json mcp_settings.json cline_mcp_settings.json'),
      'claude_desktop_config.json',
    ],
    endings: words(
      '.code-workspace .agent.md .chatmode.md .instructions.md .prompt.md .pth .profile.ps1 _profile.ps1',
    ),
    patterns: [
      /^(?:pre|post)-(?:applypatch|auto-gc|checkout|commit|index-change|merge|merge-commit|push|rebase|receive|rewrite|update)(?:\.(?:sh|bat|cmd|ps1|py|js))?$/,
      /^\.?lefthook(?:-local)?\.(?:ya?ml|toml|jsonc?)$/,
      /^\.(?:huskyrc|lintstagedrc|simple-git-hooks)(?:\.[a-z]{2,5})?$/,
      /^(?:lint-staged|simple-git-hooks)\.(?:config\.)?[cm]?[jt]s(?:on)?$/,
      /^\.(?:bash|zsh|z|c|k|mk|tcsh|ksh)(?:rc|env|_?profile|_?login|_?logout)$/,
      /^profile\.ps1$/,
    ],
  },
  tell: {
    folders: words('.github/actions .github/workflows .circleci .buildkite .woodpecker .forgejo .gitea'),
    names: [
      ...words(
        'package.json composer.json cargo.toml .cargo/config.toml .cargo/config bunfig.toml pyproject.toml',
      ),
      ...words(
        'setup.py conftest.py noxfile.py build.rs build.zig build.sbt mix.exs package.swift gemfile rakefile',
      ),
      ...words('pom.xml cmakelists.txt cmakepresets.json cmakeuserpresets.json meson.build .clangd .bazelrc'),
      ...words(
        'workspace.bazel module.bazel flake.nix shell.nix devenv.nix .tool-versions rust-toolchain.toml',
      ),
      ...words(
        '.gitlab-ci.yml .gitlab-ci.yaml jenkinsfile azure-pipelines.yml .travis.yml bitbucket-pipelines.yml',
      ),
      ...words(
        'appveyor.yml .appveyor.yml .drone.yml .woodpecker.yml .cirrus.yml action.yml action.yaml .gitpod.yml',
      ),
      ...words('warp.md crush.md opencode.md codebuddy.md'),
    ],
    endings: words('.csproj .fsproj .vbproj .vcxproj .targets .props .gemspec .podspec'),
    patterns: [
      /^(?:build|settings|init)\.gradle(?:\.kts)?$/,
      /^(?:astro|babel|commitlint|craco|cypress|docusaurus|drizzle|esbuild|eslint|gatsby|jest|karma|metro|next|nuxt|playwright|postcss|prettier|quasar|release|remix|rolldown|rollup|rsbuild|rslib|rspack|stylelint|svelte|tailwind|tsdown|tsup|umi|unbuild|uno|vite|vitest|vue|wdio|webpack)\.(?:config|conf|setup|workspace)\.[cm]?[jt]sx?$/,
      /^\.(?:babelrc|c8rc|commitlintrc|eslintrc|mocharc|nycrc|postcssrc|prettierrc|releaserc|stylelintrc)\.[cm]?[jt]s$/,
      /^(?:gruntfile|gulpfile|jakefile)\.[cm]?[jt]s$/,
    ],
  },
};

/** VS Code keeps the user's settings, key bindings, tasks and servers in the folder `User`, or in a profile inside it. */
const userFile = /^(?:settings|keybindings|tasks|mcp|launch|extensions|chatlanguagemodels)\.jsonc?$/;

/** Folders in which programs keep their own data. */
const applicationData =
  /(?:^|\/)(?:\.config|\.local\/share|library\/application support|appdata\/(?:roaming|local)|user-data)\//;

/**
 * Finds files that some program executes or obeys by itself: a change to them can run a command that the user did not type.
 * Examples are editor settings, hooks, shell start files, build configuration and instructions of AI agents.
 *
 * @param path The absolute path, with forward slashes or backslashes. A relative path would miss a folder such as `~/.ssh`
 *   when that folder itself is open.
 * @returns Undefined for an ordinary file.
 */
export function autoExecution(path: string): AutoExecution | undefined {
  const parts = withoutWorktree(foldedParts(path).map(withoutWindowsTail).filter(Boolean));
  if (isUserFile(parts) || matches(parts, rules.ask)) return 'ask';
  return matches(parts, rules.tell) ? 'tell' : undefined;
}

function matches(parts: readonly string[], { folders, names, endings, patterns }: Rules): boolean {
  const inFolders = `/${parts.slice(0, -1).join('/')}/`;
  const whole = `/${parts.join('/')}`;
  const name = parts.at(-1) ?? '';
  return (
    folders.some((folder) => inFolders.includes(`/${folder}/`)) ||
    names.some((each) => whole.endsWith(`/${each}`)) ||
    endings.some((each) => name.endsWith(each)) ||
    patterns.some((pattern) => pattern.test(name))
  );
}

function isUserFile(parts: readonly string[]): boolean {
  const name = parts.at(-1) ?? '';
  const profile = parts.at(-3) === 'profiles' ? 2 : 0;
  const [above, folder] = [parts.slice(0, -2 - profile), parts.at(-2 - profile)];
  if (folder !== 'user' || !name.endsWith('.json')) return false;
  return userFile.test(name) || applicationData.test(`/${above.join('/')}/`);
}

/** Some agents work in a checkout below their own folder: `.claude/worktrees/NAME/` holds an ordinary project. */
function withoutWorktree(parts: readonly string[]): readonly string[] {
  const at = parts.lastIndexOf('worktrees');
  const owner = parts[at - 1];
  return owner?.startsWith('.') === true && owner !== '.git' && at + 2 < parts.length
    ? parts.slice(at + 2)
    : parts;
}

function words(text: string): string[] {
  return text.split(' ');
}
